/** A variable with every `{{name}}` inside it resolved and blanks cut off; empty text when it is not set. */
export function variable(name: string): string {
  const value = pm.variables.replaceIn(`{{${name}}}`);
  return value === `{{${name}}}` ? '' : value.trim();
}
