import * as m from '@/paraglide/messages'
import type { Row } from '@/shared/live/frames'

/** Why a row is not ranked, in words; "" for one that is. */
export function standing(row: Row): string {
  switch (row.status) {
    case 'dns':
      return m.board_dns()
    case 'dnf':
      return m.board_dnf()
    case 'dsq':
      return m.board_dsq()
    case 'withdrawn':
      return m.board_withdrawn()
    case 'out':
      return m.board_out()
  }
  return row.done < row.need ? m.board_lacks({ n: row.need - row.done }) : ''
}
