/** `joborder`: `Ipf_Job_Order` (MMFI), XML. `payload`: of the EOPF framework, YAML. */
export const ORDER_FORMATS = ['joborder', 'payload'] as const;

export type OrderFormat = (typeof ORDER_FORMATS)[number];

export function isOrderFormat(format: string): format is OrderFormat {
  return ORDER_FORMATS.some((known) => known === format);
}
