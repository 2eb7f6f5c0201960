/** The permissions that reading needs, as Bybit's page of a key calls them. */
export const UNIFIED_TRADING = 'Unified Trading';
export const ASSETS = 'Assets > Wallet';
export const CONVERT_HISTORY = 'Assets > Exchange (convert history)';
