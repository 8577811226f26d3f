package registrationweb_test

import (
	"strings"
	"testing"
	"time"

	"jiangtai/server/registration/idnumber"
	"jiangtai/server/registration/registrationtest"
)

// Bad input to registration, row by row as it is promised, over HTTP.
func TestPromisesOfRegistration(t *testing.T) {
	s := newSite(t)
	const form = "/api/v1/public/registrations"
	good := draft(1, forWelder)
	number := func(first string) string { return first + string(idnumber.CheckDigit(first)) }
	with := func(was, is string) string {
		if !strings.Contains(good, was) {
			t.Fatal(was)
		}
		return strings.Replace(good, was, is, 1)
	}
	id, phone := registrationtest.Number(1), registrationtest.Phone(1)
	for _, c := range []struct {
		row, body     string
		status        int
		code, faultAt string
	}{
		{"R1", with(id, "110105194912310021"), 422, "registration.invalid", "/id_number=registration.id_checksum"},
		{"R2 17", with(id, "11010519491231002"), 422, "registration.invalid", "/id_number=registration.id_length"},
		{"R2 19", with(id, "1101051949123100211"), 422, "registration.invalid", "/id_number=registration.id_length"},
		{"R2 15", with(id, "110105491231002"), 422, "registration.invalid", "/id_number=registration.id_old"},
		{"R3", with(id, number("11010519900230123")), 422, "registration.invalid", "/id_number=registration.id_date"},
		{"R4 future", with(id, number("11010520900101123")), 422, "registration.invalid", "/id_number=registration.id_future"},
		{"R4 young", with(id, number("11010520150101123")), 422, "registration.invalid", "/id_number=registration.age"},
		{"R5", with(id, number("99010519900101123")), 422, "registration.invalid", "/id_number=registration.id_region"},
		{"R9 short", with(phone, "1381000000"), 422, "registration.invalid", "/phone=registration.phone"},
		{"R9 landline", with(phone, "027-87654321"), 422, "registration.invalid", "/phone=registration.phone"},
		{"R12 old notice", with(`"v1"`, `"v0"`), 422, "registration.invalid", "/consent=registration.consent"},
		{"R12 none", with(`"sensitive":true`, `"sensitive":false`), 422, "registration.invalid", "/consent=registration.consent"},
		{"a field more", with(`"promise"`, `"role":"admin","promise"`), 400, "web.json", ""},
		{"R9 as typed", with(phone, "+86 138-1000-0001"), 201, "", ""},
		{"R7", with(id, " "+id[:6]+" "+id[6:]), 409, "registration.duplicate", "/id_number=registration.duplicate"},
		{"R8", strings.Replace(good, "00000000000b", "00000000000c", 1), 409, "registration.limit_person", "/id_number=registration.limit_person"},
	} {
		a := s.Send("", "POST", form, c.body)
		if a.Status != c.status || a.Status != 201 && a.Text("code") != c.code || c.faultAt != "" && a.Places() != c.faultAt {
			t.Errorf("%s: %d %s", c.row, a.Status, a.Body)
		}
	}
	list := s.Want(200, "", s.Send("host", "GET", welder+"/registrations", ""))
	own := "/api/v1/registrations/" + list.Text("registrations", "0", "id")
	s.Want(404, "registration.missing", s.Send("chief", "PUT", own, draft(1, `"version":1,`))) // R13
	for _, path := range []string{welder + "/registrations?q=" + id, welder + "/registrations?q=" + phone} {
		s.Want(400, "web.query", s.Send("host", "GET", path, "")) // R14
	}
	for n := range 12 { // R15: found or not, the answer is one, and then none
		a := s.Send("host", "POST", welder+"/registrations/lookup", `{"id_number":"`+registrationtest.Number(n%2+1)+`"}`)
		if want := map[bool]int{true: 200, false: 429}[n < 10]; a.Status != want {
			t.Errorf("R15, try %d: %d %s", n, a.Status, a.Body)
		}
	}
	s.Pass(9 * 24 * time.Hour)
	s.Want(423, "registration.closed", s.Send("", "POST", form, draft(2, forWelder))) // R11: the moment itself is too late
}
