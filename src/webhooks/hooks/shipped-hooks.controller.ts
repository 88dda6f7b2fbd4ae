import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/access.js';
import { ShippedHookListView } from './hook.view.js';
import { SHIPPED } from './shipped.js';

@ApiTags('webhooks')
@Controller('shipped-hooks')
@Access('admin')
export class ShippedHooksController {
  @Get()
  @ApiOperation({
    operationId: 'listShippedHooks',
    summary: 'List the declarations of tools that come with DevOpstic, to start `from`',
  })
  @ApiOkResponse({
    type: ShippedHookListView,
    description: 'All of them, by name. None takes deliveries until it is declared',
  })
  list(): ShippedHookListView {
    return { items: [...SHIPPED] };
  }
}
