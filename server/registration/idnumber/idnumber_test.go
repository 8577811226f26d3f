package idnumber_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"jiangtai/server/registration/idnumber"
)

var today = time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC)

// signed completes seventeen digits.
func signed(first string) string { return first + string(idnumber.CheckDigit(first)) }

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text  string
		fault idnumber.Fault
		kind  idnumber.Kind
	}{
		{"11010519491231002X", idnumber.Valid, idnumber.Citizen},
		{"110105194912310021", idnumber.Checksum, ""}, // R1
		{" 1101 0519 4912 3100 2x ", idnumber.Valid, idnumber.Citizen},
		{"１１０１０５１９４９１２３１００２Ｘ", idnumber.Valid, idnumber.Citizen},
		{"\u200b11010519491231002X\u00a0", idnumber.Valid, idnumber.Citizen},
		{"1101051949123100", idnumber.Length, ""}, // R2
		{"11010519491231002", idnumber.Length, ""},
		{"11010519491231002X0", idnumber.Length, ""},
		{"110105491231002", idnumber.OldForm, ""},
		{"", idnumber.Length, ""},
		{"11010519491231A02X", idnumber.Characters, ""},
		{"X1010519491231002X", idnumber.Characters, ""},
		{signed("11010519900230001"), idnumber.Date, ""}, // R3
		{signed("11010519000229001"), idnumber.Date, ""}, // 1900 was no leap year
		{signed("11010520000229001"), idnumber.Valid, idnumber.Citizen},
		{signed("11010518991231001"), idnumber.Date, ""},
		{signed("11010520260519001"), idnumber.Future, ""}, // R4
		{signed("11010520260518001"), idnumber.Valid, idnumber.Citizen},
		{signed("99010519900101001"), idnumber.Region, ""}, // R5: 90 is no province
		{signed("16010519900101001"), idnumber.Region, ""},
		{signed("00010519900101001"), idnumber.Region, ""},
		{signed("81000019900101001"), idnumber.Valid, idnumber.Resident},
		{signed("82000019900101001"), idnumber.Valid, idnumber.Resident},
		{signed("83000019900101001"), idnumber.Valid, idnumber.Resident},
		{signed("84000019900101001"), idnumber.Region, ""},
		{signed("81010119900101001"), idnumber.Region, ""},
		{signed("91139219900101001"), idnumber.Valid, idnumber.Foreigner}, // issued in 11 … of nation 392
		{signed("91100019900101001"), idnumber.Region, ""},
		{signed("51020219600101001"), idnumber.Valid, idnumber.Citizen}, // an abolished prefecture
	} {
		id, fault := idnumber.Parse(c.text, today)
		if fault != c.fault || id.Kind() != c.kind || id.IsZero() != (c.fault != idnumber.Valid) {
			t.Errorf("%q: %q %q, want %q %q", c.text, fault, id.Kind(), c.fault, c.kind)
		}
	}
}

func TestEveryMistypedDigitIsFound(t *testing.T) {
	good := "11010519491231002X"
	for i := range good {
		for _, d := range "0123456789X" {
			wrong := good[:i] + string(d) + good[i+1:]
			if _, fault := idnumber.Parse(wrong, today); (fault == idnumber.Valid) != (wrong == good) {
				t.Errorf("%s: %q", wrong, fault)
			}
		}
	}
	for i := range 16 { // two neighbours exchanged
		wrong := good[:i] + string(good[i+1]) + string(good[i]) + good[i+2:]
		if _, fault := idnumber.Parse(wrong, today); (fault == idnumber.Valid) != (wrong == good) {
			t.Errorf("%s: %q", wrong, fault)
		}
	}
}

func TestWhatANumberSays(t *testing.T) {
	id, _ := idnumber.Parse("11010519491231002X", today)
	if id.Born().Format(time.DateOnly) != "1949-12-31" || !id.IsFemale() || id.Reveal() != "11010519491231002X" {
		t.Error(id.Born(), id.IsFemale())
	}
	if idnumber.Stored(id.Reveal()) != id || !idnumber.Stored("x").IsZero() {
		t.Error("a stored number reads otherwise")
	}
	for first, want := range map[string]string{
		"11010519900101001": "[]", "51020219600101001": "[id_region_abolished]", "11010019900101001": "[id_region_unusual]", "81000019900101001": "[]",
	} {
		id, _ := idnumber.Parse(signed(first), today)
		if got := fmt.Sprint(id.Warnings()); got != want {
			t.Errorf("%s: %s", first, got)
		}
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		born, on string
		want     int
	}{
		{"1990-05-18", "2026-05-17", 35},
		{"1990-05-18", "2026-05-18", 36},
		{"2000-02-29", "2026-02-28", 25},
		{"2000-02-29", "2026-03-01", 26},
		{"2000-02-29", "2028-02-29", 28},
		{"2026-05-18", "2026-05-18", 0},
	} {
		born, _ := time.Parse(time.DateOnly, c.born)
		on, _ := time.Parse(time.DateOnly, c.on)
		if got := idnumber.Age(born, on); got != c.want {
			t.Errorf("born %s, on %s: %d, want %d", c.born, c.on, got, c.want)
		}
	}
}

func TestPhones(t *testing.T) {
	for text, want := range map[string]string{ // R9
		"13800001234": "13800001234", "+86 138 0000 1234": "13800001234", "0086-138-0000-1234": "13800001234",
		"８６１３８００００１２３４": "13800001234", "138-0000-1234": "13800001234",
		"1380000123": "", "138000012345": "", "02787654321": "", "12800001234": "", "86138000123": "", "": "", "1380000123a": "",
	} {
		p, ok := idnumber.ParsePhone(text)
		if ok != (want != "") || p.Reveal() != want || p.IsZero() == ok {
			t.Errorf("%q: %q %v", text, p.Reveal(), ok)
		}
	}
}

func TestCreditCodes(t *testing.T) {
	for text, want := range map[string]string{
		"91350100M000100Y43": "91350100M000100Y43", "9135 0100 m000100y43": "91350100M000100Y43",
		"91350100M000100Y44": "", "91350100M000100Y4": "", "91350100M000I00Y43": "", "913501A0M000100Y43": "", "": "",
	} {
		got, ok := idnumber.ParseCredit(text)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q %v", text, got, ok)
		}
	}
}

func TestMasks(t *testing.T) {
	for text, want := range map[string]string{
		"350105194912310123": "35*************123", "13800001234": "138****1234", "": "", "ab": "**", "abc": "a*c",
	} {
		if got := idnumber.Mask(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	got := idnumber.MaskWithin("电话13800001234，证件11010519491231002x、110105491231002")
	if got != "电话138****1234，证件11*************02x、1*************2" {
		t.Error(got)
	}
}

// Whatever prints a record by accident prints the mask.
func TestNothingPrintsTheNumber(t *testing.T) {
	id, _ := idnumber.Parse("11010519491231002X", today)
	phone, _ := idnumber.ParsePhone("13800001234")
	record := struct {
		ID    idnumber.ID
		Phone idnumber.Phone
	}{id, phone}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "id", id, "phone", phone, "record", record)
	asJSON, err := json.Marshal(map[idnumber.ID]any{id: record})
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{
		log.String(), string(asJSON), fmt.Sprint(record), fmt.Sprintf("%+v %#v %s %q %v", record, record, id, phone, &record), fmt.Errorf("bad %v", id).Error(),
	} {
		if strings.Contains(said, "194912310") || strings.Contains(said, "00001") || !strings.Contains(said, "*") {
			t.Errorf("it says %s", said)
		}
	}
}
