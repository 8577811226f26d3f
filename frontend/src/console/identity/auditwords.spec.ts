import { beforeEach, describe, expect, it } from 'vitest'
import { speak } from '@/shared/locale'
import { auditWord, partWord, short } from './auditwords'

beforeEach(() => speak('zh-CN'))

describe('the words of the audit', () => {
  it('says what was done in the reader’s language', () => {
    expect(auditWord('document.printed')).toBe('打印单据')
    expect(auditWord('honours.notice.ran_on_paper')).toBe('登记线下公示')
    speak('en')
    expect(auditWord('document.printed')).toBe('Document printed')
    expect(partWord('class')).toBe('Class')
  })

  it('knows the acts of marking and of filings by their own words', () => {
    expect(auditWord('act.lock')).toBe('锁定成绩')
    expect(auditWord('plan.accept')).not.toContain('plan.')
    expect(auditWord('plan.file_added')).toBe('上传备案材料')
  })

  it('shows what it does not know as it is written, and cuts ids short', () => {
    expect(auditWord('something.new')).toBe('something.new')
    expect(partWord('sha256')).toBe('sha256')
    expect(short('event/01a20800-f916-78d5-a8d1-b23e684cf2ba')).toBe('event/01a20800…')
  })
})
