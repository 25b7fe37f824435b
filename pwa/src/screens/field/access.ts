/** Who may write what, from the exported model: a screen offers nothing the server would park. */

import { fieldRule, model, type Access } from '../../model/exported';

export function canWrite(roles: string[], type: string, field: string, state: string): boolean {
  const rule = fieldRule(type, field);
  return rule !== null && allows(rule.write, roles, state);
}

export function canCreate(roles: string[], type: string, state: string): boolean {
  const rule = model.types[type];
  return rule !== undefined && allows(rule.create, roles, state);
}

export function canHide(roles: string[], type: string, state: string): boolean {
  const rule = model.types[type];
  return rule !== undefined && allows(rule.hide, roles, state);
}

function allows(access: Access, roles: string[], state: string): boolean {
  return roles.some((role) => role in access && (access[role]?.includes(state) ?? true));
}
