export { DemoOrganization } from './demo-organization';
export { ForgetDemoData } from './demo/forget-demo-data.worker';
export { Reopening } from './reopening';
export { SetupModule } from './setup.module';
export { SetupToken } from './setup-token';
