export function foreignOrganization(databaseUrl: string): Promise<{ foreign: Record<string, string[]>; secrets: string[] }>;
