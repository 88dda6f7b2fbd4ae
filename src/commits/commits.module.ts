import { Module } from '@nestjs/common';
import { CommitList } from './commit-list.js';
import { CommitsController } from './commits.controller.js';

@Module({ controllers: [CommitsController], providers: [CommitList] })
export class CommitsModule {}
