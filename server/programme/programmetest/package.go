package programmetest

import (
	"maps"

	"jiangtai/server/programme"
	"jiangtai/server/programme/parcel"
)

// Scheme is a marking scheme of one panel "p" with a number of chairs (0: any)
// and one aspect of 10 marks. identity is open, seat or coded.
func Scheme(identity string, chairs string) string {
	return `{"format":"jiangtai.scheme/1","name":{"zh":"小"},"identity":"` + identity + `",
 "panels":[{"id":"p","name":{"zh":"组"},"chairs":` + chairs + `}],"total":"10",
 "components":[{"id":"c","name":{"zh":"实操"},"weight":"1","max":"10","criteria":[{"id":"m","name":{"zh":"模块"},"max":"10",
  "subs":[{"id":"s","name":{"zh":"项"},"aspects":[{"id":"a","name":{"zh":"点"},"kind":"panel","panel":"p","step":"0.5","max":"10"}]}]}]}]}`
}

// TwoPanels is a scheme with a panel "floor" that sees seat numbers and a panel
// "look" that sees work codes.
const TwoPanels = `{"format":"jiangtai.scheme/1","name":{"zh":"两组"},
 "panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"look","name":{"zh":"评分"}}],"total":"20",
 "components":[{"id":"c","name":{"zh":"实操"},"weight":"1","max":"20","criteria":[
  {"id":"m1","name":{"zh":"过程"},"identity":"seat","max":"10",
   "subs":[{"id":"s1","name":{"zh":"项"},"aspects":[{"id":"a1","name":{"zh":"点"},"kind":"panel","panel":"floor","step":"0.5","max":"10"}]}]},
  {"id":"m2","name":{"zh":"成品"},"identity":"coded","max":"10",
   "subs":[{"id":"s2","name":{"zh":"项"},"aspects":[{"id":"a2","name":{"zh":"点"},"kind":"panel","panel":"look","step":"0.5","max":"10"}]}]}]}]}`

// Small is a package of three events: open, with two hosts' events; coded; and
// one with seat and coded modules.
func Small() parcel.Files {
	return parcel.Files{
		"contest.json": []byte(`{"code":"small","name":"小赛事","kind":"rehearsal","organiser":"某某总工会","starts_on":"2026-05-18","ends_on":"2026-05-19"}`),
		"hosts.csv":    []byte("code,name\nh1,甲承办\nh2,乙承办\n"),
		"units.csv":    []byte("code,name,short,kind\nu1,江城造船厂,造船厂,\nu2,江城地铁公司,,county\n"),
		"events.csv": []byte("code,trade,trade_en,title,stage,group,hall,host,depth,scheme\n" +
			"welder,焊工,Welding,,final,职工组,一号馆,h1,tablet,coded\n" +
			"turner,数控车工,CNC Turning,轴,,,,h2,,open\n" +
			"cook,中式烹调师,Cooking,,,,,,,two\n"),
		"schemes/coded.json": []byte(Scheme("coded", "2")),
		"schemes/open.json":  []byte(Scheme("open", "0")),
		"schemes/two.json":   []byte(TwoPanels),
		"entries.csv": []byte("event,entry_no,work_code,name,unit\n" +
			"welder,,,梁志远,u1\nwelder,,000A,曾小雨,u2\nwelder,,,欧阳安,\n" +
			"turner,10,,单青,u1\nturner,9,,任重,u2\n" +
			"cook,,,查良,u1\ncook,,,解宁,u1\n"),
		"judges.csv": []byte("event,panel,seat,judge,chief\n" +
			"welder,p,1,江一,true\nwelder,p,2,江二,\nturner,p,,江三,\nturner,p,,江四,\n" +
			"cook,floor,1,江五,\ncook,look,1,江六,\ncook,look,2,,\n"),
	}
}

// Changed is Small with one file put in its place; "-" takes it away.
func Changed(file, text string) parcel.Files {
	files := maps.Clone(Small())
	files[file] = []byte(text)
	if text == "-" {
		delete(files, file)
	}
	return files
}

// Open makes a package of files.
func Open(files parcel.Files) programme.Package {
	return programme.Package{Files: files, Faults: &parcel.Faults{}}
}

// TeamScheme has theory by person and practice by team, which is marked under an
// identity, and ranks by group and county.
func TeamScheme(identity string) string {
	return `{"format":"jiangtai.scheme/1","name":{"zh":"团体"},"panels":[{"id":"p","name":{"zh":"组"}}],"composition":"sum",
 "rankings":["group","county"],"teams":{"take":"sum","size":2},
 "components":[{"id":"t","name":{"zh":"理论"},"criteria":[{"id":"m1","name":{"zh":"笔试"},"subs":[{"id":"s1","name":{"zh":"项"},"aspects":[
   {"id":"a1","name":{"zh":"卷面"},"kind":"external","max":"10","step":"1"}]}]}]},
  {"id":"c","name":{"zh":"实操"},"of":"team","criteria":[{"id":"m2","name":{"zh":"模块"},"identity":"` + identity + `",
   "subs":[{"id":"s2","name":{"zh":"项"},"aspects":[{"id":"a2","name":{"zh":"点"},"kind":"panel","panel":"p","step":"0.5","max":"10"}]}]}]}]}`
}

// Teams is Small with the turners in two teams of two, and a unit below a county.
func Teams(identity string) parcel.Files {
	files := maps.Clone(Small())
	files["schemes/open.json"] = []byte(TeamScheme(identity))
	files["units.csv"] = []byte("code,name,short,kind,parent\nu1,江城造船厂,造船厂,,u3\nu2,江城地铁公司,,county,\nu3,造船厂工会,,grassroots,u4\nu4,东湖区总工会,东湖区,county,\n")
	files["entries.csv"] = []byte("event,entry_no,name,unit,kind,team,group,county\n" +
		"turner,11,甲一,u1,,甲队,职工组,\nturner,12,甲二,,person,甲队,学生组,西岭县\n" +
		"turner,21,乙一,u2,,2,职工组,\nturner,22,乙二,,,2,,\n" +
		"turner,1,甲队,u1,team,,职工组,东湖区\nturner,2,乙队,,team,,,\n")
	return files
}
