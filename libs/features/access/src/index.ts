export { AccessModule } from './access.module';
export { giveManagedRole, managedRoles, type ManagedRoles, takeManagedRole } from './managed-roles.store';
export { isBuiltIn } from './role';
