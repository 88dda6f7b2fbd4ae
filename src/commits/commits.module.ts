import { Module } from '@nestjs/common';
import { ScopeModule } from '../scope/scope.module.js';
import { CommitList } from './commit-list.js';
import { CommitsController } from './commits.controller.js';

@Module({ imports: [ScopeModule], controllers: [CommitsController], providers: [CommitList] })
export class CommitsModule {}
