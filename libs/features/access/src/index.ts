export { AccessModule } from './access.module';
export { AssignRole } from './assign-role';
export { giveManagedRole, managedRoles, type ManagedRoles, takeManagedRole } from './managed-roles.store';
export { isBuiltIn } from './role';
