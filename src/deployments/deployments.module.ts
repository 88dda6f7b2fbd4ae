import { Module } from '@nestjs/common';
import { ScopeModule } from '../scope/scope.module.js';
import { DeploymentList } from './deployment-list.js';
import { DeploymentsController } from './deployments.controller.js';

@Module({ imports: [ScopeModule], controllers: [DeploymentsController], providers: [DeploymentList] })
export class DeploymentsModule {}
