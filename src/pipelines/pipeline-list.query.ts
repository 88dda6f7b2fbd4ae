import { PickType } from '@nestjs/swagger';
import { ListQuery } from '../http/list.query.js';

export class PipelineListQuery extends PickType(ListQuery, ['pipeline', 'team', 'limit', 'cursor']) {}
