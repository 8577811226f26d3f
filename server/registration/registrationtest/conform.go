package registrationtest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration"
)

// Conform is the day of a desk on a store: each case begins with an empty one
// and the terms of Terms.
func Conform(t *testing.T, fresh func(t *testing.T) (registration.Store, registration.Work)) {
	for name, day := range map[string]func(*testing.T, *Rig){
		"the form":      theForm,
		"the receipt":   theReceipt,
		"the ladder":    theLadder,
		"the list":      theList,
		"the limits":    theLimits,
		"the terms":     theTerms,
		"the doors":     theDoors,
		"the sheets":    theSheets,
		"the staff":     theStaff,
		"looking up":    lookingUp,
		"who may":       whoMay,
		"nothing open":  nothingOpen,
		"one decision":  oneDecision,
		"late for that": late4That,
		"revealing":     revealing,
		"entered":       entered,
		"calls":         calls,
	} {
		t.Run(name, func(t *testing.T) {
			store, work := fresh(t)
			rig := NewRig(store, work)
			if _, err := rig.PutContestTerms(t.Context(), Office, Town, Terms(), ""); err != nil {
				t.Fatal(err)
			}
			day(t, rig)
		})
	}
}

// Says is the code of an error and of its fields, with their places.
func Says(err error) string {
	if err == nil {
		return ""
	}
	f := fault.Of(err)
	out := strings.TrimPrefix(f.Code, "registration.")
	for _, at := range f.Fields {
		out += " " + at.Path + "=" + strings.TrimPrefix(at.Code, "registration.")
	}
	return out
}

func want(t *testing.T, err error, says string) {
	t.Helper()
	if got := Says(err); got != says {
		t.Errorf("got %q, want %q (%v)", got, says, err)
	}
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func theForm(t *testing.T, rig *Rig) {
	for _, c := range []struct {
		name   string
		change func(d *registration.Draft)
		says   string
	}{
		{"R1 check digit", func(d *registration.Draft) { d.IDNumber = "110105194912310021" }, "invalid /id_number=id_checksum"},
		{"R2 17 digits", func(d *registration.Draft) { d.IDNumber = "11010519491231002" }, "invalid /id_number=id_length"},
		{"R2 15 digits", func(d *registration.Draft) { d.IDNumber = "110105491231002" }, "invalid /id_number=id_old"},
		{"R3 30 February", func(d *registration.Draft) { d.IDNumber = signed("11010519900230123") }, "invalid /id_number=id_date"},
		{"R4 tomorrow's child", func(d *registration.Draft) { d.IDNumber = signed("11010520260519123") }, "invalid /id_number=id_future"},
		{"R4 under 16", func(d *registration.Draft) { d.IDNumber = signed("11010520100519123") }, "invalid /id_number=age"},
		{"R4 over 70", func(d *registration.Draft) { d.IDNumber = signed("11010519550518123") }, "invalid /id_number=age"},
		{"R5 no such region", func(d *registration.Draft) { d.IDNumber = signed("99010519900101123") }, "invalid /id_number=id_region"},
		{"R9 a landline", func(d *registration.Draft) { d.Phone = "027-87654321" }, "invalid /phone=phone"},
		{"R12 no consent", func(d *registration.Draft) { d.IsSensitive = false }, "invalid /consent=consent"},
		{"R12 an old notice", func(d *registration.Draft) { d.Notice = "v0" }, "invalid /consent=consent"},
		{"no promise", func(d *registration.Draft) { d.Promise = false }, "invalid /promise=promise"},
		{"a unit that is not there", func(d *registration.Draft) { d.Unit = "u9" }, "invalid /unit=unit_unknown"},
		{"a credit code", func(d *registration.Draft) { d.CreditCode = "91350100M000100Y44" }, "invalid /credit_code=credit_code"},
		{"a number in the name", func(d *registration.Draft) { d.Name = "梁 13800001234" }, "invalid /name=number_in_text"},
		{"a number with spaces in the unit", func(d *registration.Draft) { d.Unit, d.UnitName = "", "厂 1101 0519 4912 3100 2X" }, "invalid /unit_name=number_in_text"},
		{"marks of direction", func(d *registration.Draft) { d.Name = "梁\u202e远" }, "invalid /name=not_showable"},
		{"all fields at once", func(d *registration.Draft) { *d = registration.Draft{Employment: "boss", CityYears: -1} }, "invalid /name=empty /id_number=empty /phone=phone /employment=not_one_of /city_years=bounds /promise=promise /consent=consent"},
		{"all rules at once", func(d *registration.Draft) { d.TradeYears, d.IsTeacher, d.CityYears = 1, true, 0 }, "ineligible /trade_years=rule_trade_years /is_teacher=rule_not_teacher"},
	} {
		d := Draft(1)
		c.change(&d)
		_, err := rig.Register(t.Context(), "10.0.0.1", Welder, d)
		if got := Says(err); got != c.says {
			t.Errorf("%s: %q, want %q", c.name, got, c.says)
		}
		if err != nil && strings.Contains(err.Error(), d.IDNumber) && d.IDNumber != "" {
			t.Errorf("%s: the error tells the number", c.name)
		}
	}
	if list := must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder)); len(list) != 0 {
		t.Errorf("%d were written", len(list))
	}
	d := Draft(1)
	d.Phone, d.IDNumber = "+86 138-1000-0001", " "+Number(1)[:6]+" "+Number(1)[6:]
	receipt := must[registration.Receipt](t)(rig.Register(t.Context(), "10.0.0.1", Welder, d))
	if len(receipt.Number) != 12 || len(receipt.Secret) != 24 {
		t.Error(receipt)
	}
	_, err := rig.Register(t.Context(), "10.0.0.2", Welder, Draft(1)) // R7: written otherwise
	want(t, err, "duplicate /id_number=duplicate")
	_, err = rig.Register(t.Context(), "10.0.0.2", Turner, Draft(1)) // R8
	want(t, err, "limit_person /id_number=limit_person")
	_, err = rig.Register(t.Context(), "10.0.0.2", Hidden, Draft(2))
	want(t, err, "event_missing")
}

func theReceipt(t *testing.T, rig *Rig) {
	receipt := must[registration.Receipt](t)(rig.Register(t.Context(), "10.0.0.1", Welder, Draft(1)))
	typed := registration.Receipt{Number: " " + strings.ToLower(receipt.Number[:4]) + "-" + receipt.Number[4:], Secret: receipt.Secret[:6] + " " + receipt.Secret[6:]}
	v := must[registration.View](t)(rig.Open(t.Context(), "10.0.0.1", typed))
	if v.Registration.Status != registration.Submitted || len(v.Steps) != 1 || v.Registration.IDNumber.Reveal() != Number(1) {
		t.Errorf("%+v", v)
	}
	_, err := rig.Correct(t.Context(), "10.0.0.1", receipt, Draft(1))
	want(t, err, "step status=step")

	_, err = rig.Decide(t.Context(), Host, Welder, registration.Decision{
		Act: registration.Return, Items: []registration.Item{{ID: v.Registration.ID, Version: 1}}, Reason: "请改 13800001234",
	})
	want(t, err, "")
	v = must[registration.View](t)(rig.Open(t.Context(), "10.0.0.1", receipt))
	if v.Registration.Status != registration.Returned || v.Registration.Reason != "请改 138****1234" || v.Steps[1].Reason != v.Registration.Reason {
		t.Errorf("%+v", v)
	}
	rig.Pass(10 * 24 * time.Hour) // applications are over, corrections are not
	again := Draft(1)
	again.IDNumber, again.Phone, again.Name = "", "", "曾小雨"
	v = must[registration.View](t)(rig.Correct(t.Context(), "10.0.0.1", receipt, again))
	if v.Registration.Status != registration.Submitted || v.Registration.Name != "曾小雨" || v.Registration.IDNumber.Reveal() != Number(1) ||
		v.Registration.Phone.Reveal() != Phone(1) || v.Registration.Version != 3 || len(v.Steps) != 3 {
		t.Errorf("%+v", v)
	}
	v = must[registration.View](t)(rig.Withdraw(t.Context(), "10.0.0.1", receipt))
	if v.Registration.Status != registration.Withdrawn {
		t.Errorf("%+v", v)
	}
	_, err = rig.Withdraw(t.Context(), "10.0.0.1", receipt)
	want(t, err, "step status=step")

	// R15: what is not there and what is not yours are one answer, ten times.
	for i := range 10 {
		wrong := registration.Receipt{Number: receipt.Number, Secret: "0"}
		if i%2 == 0 {
			wrong.Number = fmt.Sprint(i)
		}
		_, err := rig.Open(t.Context(), "10.0.0.9", wrong)
		want(t, err, "receipt_missing")
	}
	for range 1000 {
		if _, err := rig.Open(t.Context(), "10.0.0.9", receipt); Says(err) != "too_many" {
			t.Fatal(err)
		}
	}
	must[registration.View](t)(rig.Open(t.Context(), "10.0.0.1", receipt)) // another address
	rig.Pass(time.Minute)
	must[registration.View](t)(rig.Open(t.Context(), "10.0.0.9", receipt))
}

// applied are n people at the form, as the office sees them.
func applied(t *testing.T, rig *Rig, n int) []registration.Registration {
	t.Helper()
	for i := range n {
		d := Draft(i + 1)
		d.Unit, d.UnitName = "", fmt.Sprintf("第%d厂", i)
		must[registration.Receipt](t)(rig.Register(t.Context(), fmt.Sprintf("10.1.0.%d", i), Welder, d))
		rig.Pass(time.Second)
	}
	return must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder))
}

func items(list []registration.Registration) []registration.Item {
	var out []registration.Item
	for _, r := range list {
		out = append(out, registration.Item{ID: r.ID, Version: r.Version})
	}
	return out
}

func theLadder(t *testing.T, rig *Rig) {
	list := applied(t, rig, 3)
	_, err := rig.Decide(t.Context(), Office, Welder, registration.Decision{Act: registration.Approve, Items: items(list)})
	want(t, err, "undecided /registrations/0=not_your_step /registrations/1=not_your_step /registrations/2=not_your_step")
	list = must[[]registration.Registration](t)(rig.Decide(t.Context(), Host, Welder, registration.Decision{Act: registration.Approve, Items: items(list[:2])}))
	_, err = rig.Decide(t.Context(), Host, Welder, registration.Decision{Act: registration.Approve, Items: items(list)})
	want(t, err, "undecided /registrations/0=not_your_step /registrations/1=not_your_step")
	stale := items(list)
	stale[0].Version--
	_, err = rig.Decide(t.Context(), Office, Welder, registration.Decision{Act: registration.Approve, Items: stale})
	want(t, err, "undecided /registrations/0=changed")
	if rig.Entries(Welder) != nil || rig.Changes() != nil {
		t.Error("something was half done")
	}
	list = must[[]registration.Registration](t)(rig.Decide(t.Context(), Office, Welder, registration.Decision{Act: registration.Approve, Items: items(list)}))
	if list[0].Status != registration.Approved || list[0].EntryNo != "001" || list[1].EntryNo != "002" || len(rig.Entries(Welder)) != 2 || len(rig.Changes()) != 1 {
		t.Errorf("%+v %v", list, rig.Entries(Welder))
	}
	v := must[registration.View](t)(rig.Find(t.Context(), Watcher, list[0].ID))
	if len(v.Steps) != 3 || v.Steps[1].By != Host.Account || v.Steps[2].By != Office.Account || v.Registration.EntryNo != "001" {
		t.Errorf("%+v", v.Steps)
	}
	// Withdrawn later, the entry goes too.
	list = must[[]registration.Registration](t)(rig.Decide(t.Context(), Office, Welder, registration.Decision{Act: registration.Withdraw, Items: items(list[:1]), Reason: "伤病"}))
	if list[0].EntryNo != "" || rig.Entries(Welder)[0].Name != "" {
		t.Errorf("%+v", list)
	}
	for _, act := range rig.Acts() {
		if strings.Contains(act, Number(1)) || strings.Contains(act, "梁志远") || strings.Contains(act, Phone(1)) || strings.Contains(act, "伤病") {
			t.Errorf("the audit says %s", act)
		}
	}
	if len(rig.Acts()) != 1+3+2+2+1 {
		t.Errorf("%d acts", len(rig.Acts()))
	}
}

func oneDecision(t *testing.T, rig *Rig) {
	list := applied(t, rig, 2)
	_, err := rig.Decide(t.Context(), Both, Welder, registration.Decision{Act: registration.Approve, Items: items(list)})
	want(t, err, "")
	list = must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder))
	_, err = rig.Decide(t.Context(), Both, Welder, registration.Decision{Act: registration.Approve, Items: items(list)})
	want(t, err, "undecided /registrations/0=same_person /registrations/1=same_person")
	for _, c := range []struct {
		in   registration.Decision
		says string
	}{
		{registration.Decision{Act: "burn", Items: items(list)}, "invalid /act=not_one_of"},
		{registration.Decision{Act: registration.Approve}, "invalid /registrations=bounds"},
		{registration.Decision{Act: registration.Refuse, Items: items(list)}, "reason /reason=reason"},
		{registration.Decision{Act: registration.Approve, Items: append(items(list), items(list)...)}, "invalid /registrations/2=twice"},
		{registration.Decision{Act: registration.Submit, Items: items(list)}, "undecided /registrations/0=step /registrations/1=step"},
		{registration.Decision{Act: registration.Approve, Items: []registration.Item{{ID: contest.ID{9: 9}, Version: 1}}}, "missing"},
	} {
		_, err := rig.Decide(t.Context(), Office, Welder, c.in)
		want(t, err, c.says)
	}
	list = must[[]registration.Registration](t)(rig.Decide(t.Context(), Office, Welder, registration.Decision{Act: registration.Refuse, Items: items(list[:1]), Reason: "不符"}))
	if list[0].Status != registration.Refused {
		t.Errorf("%+v", list[0])
	}
	rig.Start()
	list = must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder))
	_, err = rig.Decide(t.Context(), Office, Welder, registration.Decision{Act: registration.Approve, Items: items(list[1:])})
	if fault.Code(err) != "programme.event_open" {
		t.Error(err)
	}
	if again := must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder)); again[1].Status != registration.HostApproved {
		t.Error("half done:", again[1].Status)
	}
	// Who was refused may apply again.
	must[registration.Receipt](t)(rig.Register(t.Context(), "10.0.0.1", Welder, Draft(1)))
}
