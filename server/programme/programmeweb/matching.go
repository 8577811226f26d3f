package programmeweb

import (
	"encoding/json"
	"strconv"

	"jiangtai/scoring/scheme"
)

// things are what a scheme's modules hold, by what people know them by: their names
// below each other. Names that stand twice find nothing.
func things(s *scheme.Scheme, visit func(name string, id *string)) {
	for i := range s.Components {
		for j := range s.Components[i].Criteria {
			k := &s.Components[i].Criteria[j]
			visit("criterion/"+k.Name.Zh, &k.ID)
			for l := range k.Subs {
				u := &k.Subs[l]
				visit("sub/"+k.Name.Zh+"/"+u.Name.Zh, &u.ID)
				for m := range u.Aspects {
					visit("aspect/"+k.Name.Zh+"/"+u.Aspects[m].Name.Zh, &u.Aspects[m].ID)
				}
			}
		}
	}
}

// matched gives a scheme that was read from a sheet, which has no ids, those of the
// scheme in force wherever a module, a heading or an aspect is called the same, so
// that the two can be compared and marks be kept. It answers the new ids of aspects
// by the old ones.
func matched(text, present []byte) ([]byte, map[string]string) {
	is, err := scheme.Parse(text)
	if err != nil {
		return text, nil
	}
	was, err := scheme.Parse(present)
	if err != nil {
		return text, nil
	}
	known, twice := map[string]string{}, map[string]int{}
	things(was, func(name string, id *string) {
		known[name] = *id
		twice[name]++
	})
	here := map[string]int{}
	things(is, func(name string, _ *string) { here[name]++ })
	sort := func(name string) string { return name[:4] }
	taken := map[string]bool{}
	for name, id := range known {
		taken[sort(name)+id] = true
	}
	renamed := map[string]string{}
	things(is, func(name string, id *string) {
		old := *id
		switch {
		case twice[name] == 1 && here[name] == 1:
			*id = known[name]
		case taken[sort(name)+old]: // of something else
			for n := 2; taken[sort(name)+*id]; n++ {
				*id = old + "-" + strconv.Itoa(n)
			}
			taken[sort(name)+*id] = true
		default:
			taken[sort(name)+old] = true
		}
		if sort(name) == "aspe" {
			renamed[old] = *id
		}
	})
	if len(is.Components) == 1 && len(was.Components) == 1 {
		is.Components[0].ID = was.Components[0].ID
	}
	out, err := json.MarshalIndent(is, "", " ")
	if err != nil {
		return text, nil
	}
	if _, err := scheme.Parse(out); err != nil {
		return text, nil // something names an id that is another one now
	}
	return out, renamed
}
