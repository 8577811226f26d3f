/** The places of a form that show their own fault, so that the note above does not say it twice. */
export const contestPlaces = ['/code', '/name', '/name_en', '/kind', '/organiser', '/starts_on', '/ends_on']
export const eventPlaces = [
  '/code',
  '/trade',
  '/trade_en',
  '/title',
  '/title_en',
  '/stage',
  '/group',
  '/hall',
  '/host',
  '/depth',
  '/chain',
]
