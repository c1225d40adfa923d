export { DemoOrganization } from './demo-organization';
export { SetupModule } from './setup.module';
export { SetupToken } from './setup-token';
