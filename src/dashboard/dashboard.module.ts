import { Module } from '@nestjs/common';
import { DashboardController } from './dashboard.controller.js';
import { PageFiles } from './page-files.js';

/** The built-in page: plain files that a browser runs; all that it knows it asks of the public API. */
@Module({ controllers: [DashboardController], providers: [PageFiles] })
export class DashboardModule {}
