package pinyin

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestName(t *testing.T) {
	for name, want := range map[string]string{
		"梁志远":                 "lzy liangzhiyuan",
		"曾国强":                 "zgq zengguoqiang",
		"单立文":                 "slw shanliwen",
		"查良":                  "zl zhaliang",
		"解晓东":                 "xxd xiexiaodong",
		"仇英":                  "qy qiuying",
		"区志明":                 "ozm ouzhiming",
		"任贤":                  "rx renxian",
		"朴志国":                 "pzg piaozhiguo puzhiguo",
		"盖叫天":                 "gjt gejiaotian gaijiaotian",
		"华罗":                  "hl hualuo",
		"尉迟恭":                 "ycg yuchigong",
		"尉健":                  "wj weijian yj yujian",
		"万俟卨":                 "mqx moqixie",
		"长孙无忌":                "zswj zhangsunwuji",
		"乐山":                  "ys yueshan ls leshan",
		"吕梁":                  "ll lvliang",
		"欧阳 修":                "oyx ouyangxiu",
		"Matilda FRIEND / W.": "mfw matildafriendw",
		"阿卜杜拉·买买提":            "abdlmmt abudulamaimaiti",
		"第1组":                 "d1z di1zu",
		"Ｔｅａｍ２":               "t team2",
		"":                    "",
		"…":                   "",
	} {
		if got := Name(name); got != want {
			t.Errorf("Name(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestTextReadsNoSurname(t *testing.T) {
	for text, want := range map[string]string{
		"数控车工":    "skcg shukongchegong",
		"查验员":     "cyy chayanyuan",
		"模具工":     "mjg mujugong",
		"列车调度":    "lcdd liechediaodu",
		"装配与调试2组": "zpyts2z zhuangpeiyutiaoshi2zu",

		"焊工": "hg hangong",
	} {
		if got := Text(text); got != want {
			t.Errorf("Text(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	if got := Fold("  ＨＧ　Welding \t２ "); got != "hg welding 2" {
		t.Fatalf("Fold = %q", got)
	}
}

// Whatever a name is, the column is plain and both its halves are there.
func TestNameIsPlain(t *testing.T) {
	plain := regexp.MustCompile(`^([a-z0-9]+( [a-z0-9]+)*)?$`)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		if got := Name(name); !plain.MatchString(got) {
			t.Fatalf("Name(%q) = %q", name, got)
		}
	})
}

// Every surname of the table is spelled with its first reading first.
func TestSurnames(t *testing.T) {
	for surname, ways := range surnames {
		full := strings.ReplaceAll(strings.ReplaceAll(ways[0], " ", ""), "ü", "v") + "ming"
		if got := strings.Fields(Name(surname + "明")); len(got) < 2 || got[1] != full {
			t.Errorf("%s: %v, want %s", surname, got, full)
		}
	}
}
