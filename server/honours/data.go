package honours

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"jiangtai/server/honours/calendar"
	"jiangtai/server/honours/rule"
	"jiangtai/server/honours/sequence"
)

// Data is what differs from city to city and from year to year: rules, sequences
// and the working calendar.
type Data struct {
	Profiles  []*rule.Profile
	Sequences []*sequence.Sequence
	Calendar  *calendar.Calendar
}

// Load reads all files of a folder: rules-*.json, campaign-*.json and
// calendar-*.json. Schemas (schema-*.json) are for editors and are passed over;
// anything else is refused, for a misspelt name would be a rule that is missing.
func Load(folder fs.FS) (Data, error) {
	var d Data
	names, err := fs.Glob(folder, "*.json")
	if err != nil {
		return d, fmt.Errorf("files of honours: %w", err)
	}
	var years [][]byte
	for _, name := range names {
		raw, err := fs.ReadFile(folder, name)
		if err != nil {
			return d, fmt.Errorf("files of honours: %w", err)
		}
		switch kind, _, _ := strings.Cut(path.Base(name), "-"); kind {
		case "schema":
		case "calendar":
			years = append(years, raw)
		case "rules":
			var p *rule.Profile
			p, err = rule.Parse(raw)
			d.Profiles = append(d.Profiles, p)
		case "campaign":
			var s *sequence.Sequence
			s, err = sequence.Parse(raw, Roles())
			d.Sequences = append(d.Sequences, s)
		default:
			err = fmt.Errorf("nothing is called %s", kind)
		}
		if err != nil {
			return d, fmt.Errorf("%s: %w", name, err)
		}
	}
	d.Calendar, err = calendar.Parse(years...)
	return d, err
}
