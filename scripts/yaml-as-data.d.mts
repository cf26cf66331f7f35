export function yamlAsData(): { name: string; load(id: string): Promise<null | { code: string }> };
