package skating

import (
	"encoding/csv"
	"io"
	"strconv"
)

// WriteEntries writes the event's entries as the score tool reads them.
func (e *Event) WriteEntries(w io.Writer) error {
	rows := [][]string{{"entry", "name", "nation"}}
	for _, x := range e.Entries {
		rows = append(rows, []string{x.Performance, x.Name, x.Nation})
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// WriteMarks writes the event's marks as the score tool reads them.
func (e *Event) WriteMarks(w io.Writer) error {
	rows := [][]string{{"entry", "aspect", "judge", "value"}}
	for _, m := range e.Marks {
		judge, value := "", m.Value
		if m.Judge > 0 {
			judge = "J" + strconv.Itoa(m.Judge)
		}
		if m.NotPerformed {
			value = "DNS"
		}
		rows = append(rows, []string{e.Entries[m.Entry-1].Performance, m.Aspect, judge, value})
	}
	return csv.NewWriter(w).WriteAll(rows)
}
