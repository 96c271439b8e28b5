/** The sandbox's accounts; every password is `password`. */
export interface Account {
  readonly username: string;
  /** Keycloak's `sub`. */
  readonly id: string;
  /** realm roles that auxip.svc looks at (access.md#roles) */
  readonly roles: readonly ('download' | 'reporting')[];
  readonly state?: 'disabled' | 'incomplete';
}

export const PASSWORD = 'password';

export const ACCOUNTS: readonly Account[] = [
  { username: 'user', id: '3b1f0a52-6a0e-4f7d-9d55-0c1f6c0a0001', roles: ['download'] },
  { username: 'second', id: '3b1f0a52-6a0e-4f7d-9d55-0c1f6c0a0006', roles: ['download'] },
  { username: 'third', id: '3b1f0a52-6a0e-4f7d-9d55-0c1f6c0a0007', roles: ['download'] },
  { username: 'operator', id: '3b1f0a52-6a0e-4f7d-9d55-0c1f6c0a0002', roles: ['reporting'] },
  { username: 'nobody', id: '3b1f0a52-6a0e-4f7d-9d55-0c1f6c0a0003', roles: [] },
  { username: 'disabled', id: '3b1f0a52-6a0e-4f7d-9d55-0c1f6c0a0004', roles: ['download'], state: 'disabled' },
  { username: 'newcomer', id: '3b1f0a52-6a0e-4f7d-9d55-0c1f6c0a0005', roles: ['download'], state: 'incomplete' },
];
