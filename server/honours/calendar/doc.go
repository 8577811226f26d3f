// Package calendar counts working days (工作日): weekends, public holidays and
// the make-up days that turn a weekend into work, as the State Council's office
// publishes them each autumn for the year to come.
//
// It promises: a day of a year whose table was not given is never guessed, but
// refused with ErrUnpublished, so that no notice runs into an unknown holiday;
// the n-th working day counts the first day if it is one.
//
// Decisions: days are UTC midnights, as everywhere in the program. The tables are
// data (schemas/honours/calendar-YYYY.json), so that next year's comes as a
// file and not as a release.
//
// It is pure and imports nothing of ours.
package calendar
