import { Module } from '@nestjs/common';
import { DeploymentList } from './deployment-list.js';
import { DeploymentsController } from './deployments.controller.js';

@Module({ controllers: [DeploymentsController], providers: [DeploymentList] })
export class DeploymentsModule {}
