package programmeweb

import (
	"encoding/json"
	"strings"
	"testing"

	"jiangtai/scoring/scheme"
)

const matchingFrame = `{"format":"jiangtai.scheme/1","name":{"zh":"焊"},"panels":[{"id":"p","name":{"zh":"组"}}],"components":[{"id":"COMPONENT","name":{"zh":"实操"},"criteria":[CRITERIA]}]}`

func matchingScheme(component string, criteria ...string) []byte {
	return []byte(strings.NewReplacer("COMPONENT", component, "CRITERIA", strings.Join(criteria, ",")).Replace(matchingFrame))
}

// module is "id name": its heading has the id with -s and aspects "id name".
func matchingModule(id, name string, aspects ...string) string {
	var all []string
	for _, a := range aspects {
		aid, aname, _ := strings.Cut(a, " ")
		all = append(all, `{"id":"`+aid+`","name":{"zh":"`+aname+`"},"kind":"points","panel":"p","max":"10"}`)
	}
	return `{"id":"` + id + `","name":{"zh":"` + name + `"},"subs":[{"id":"` + id + `-s","name":{"zh":"` + name + `"},"aspects":[` + strings.Join(all, ",") + `]}]}`
}

// A sheet has no ids: what is called the same takes that of the scheme in force, what
// is new takes none that another thing has, and names that stand twice find nothing.
func TestMatching(t *testing.T) {
	present := matchingScheme("work", matchingModule("look", "外观", "undercut 咬边", "a2 余高"), matchingModule("m1", "安全", "tools 工具", "t2 同名", "t3 同名"))
	read := matchingScheme("c1", matchingModule("m1", "外观", "a1 咬边", "a2 夹渣"), matchingModule("m2", "安全", "b1 工具", "b2 同名"), matchingModule("m3", "准备", "tools 穿戴"))
	text, ids := matched(read, present)
	var s scheme.Scheme
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	var got []string
	things(&s, func(name string, id *string) { got = append(got, name[strings.LastIndexByte(name, '/')+1:]+"="+*id) })
	want := "外观=look 外观=look-s 咬边=undercut 夹渣=a2-2 安全=m1 安全=m1-s 工具=tools 同名=b2 准备=m3 准备=m3-s 穿戴=tools-2"
	if strings.Join(got, " ") != want || s.Components[0].ID != "work" {
		t.Errorf("%s\n%s", strings.Join(got, " "), want)
	}
	if ids["a1"] != "undercut" || ids["a2"] != "a2-2" || ids["tools"] != "tools-2" {
		t.Errorf("%v", ids)
	}
	for _, other := range [][]byte{nil, []byte("{}")} {
		if text, ids := matched(read, other); string(text) != string(read) || ids != nil {
			t.Errorf("%s", text)
		}
	}
}
