package registrationweb_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/registration"
	"jiangtai/server/registration/registrationtest"
	"jiangtai/server/registration/registrationweb"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const (
	welder = "/api/v1/events/00000000-0000-0000-0000-00000000000b"
	turner = "/api/v1/events/00000000-0000-0000-0000-00000000000c"
	town   = "/api/v1/contests/00000000-0000-0000-0000-000000000001"
)

// site is the desk over HTTP on a store in memory. Every answer is held against
// openapi.yaml, and none may hold a number that the tests plant.
type site struct {
	*testing.T
	*registrationtest.Rig
	*webtest.Site
}

func newSite(t *testing.T) *site {
	t.Helper()
	m := registrationtest.NewMemory()
	s := &site{T: t, Rig: registrationtest.NewRig(m, m)}
	actors := map[string]contest.Actor{
		"office": registrationtest.Office, "host": registrationtest.Host, "chief": registrationtest.Chief, "watcher": registrationtest.Watcher,
	}
	s.Site = webtest.New(t, web.Config{
		Now:        s.Clock,
		BodyLimits: map[string]int{registrationweb.WorkbooksPath: registrationweb.WorkbooksLimit},
		Identify:   webtest.As(actors),
	}, func(api fiber.Router) { registrationweb.Mount(api, s.Desk) })
	if _, err := s.PutContestTerms(t.Context(), registrationtest.Office, registrationtest.Town, registrationtest.Terms(), ""); err != nil {
		t.Fatal(err)
	}
	return s
}

// Send asks as somebody; no answer may tell a planted number.
func (s *site) Send(as, method, path, body string, headers ...string) webtest.Answer {
	s.Helper()
	a := s.Site.Send(as, method, path, body, headers...)
	if strings.HasSuffix(path, "/reveal") {
		return a // the one answer that is there to tell it
	}
	for n := range 40 {
		if bytes.Contains(a.Body, []byte(registrationtest.Number(n))) || bytes.Contains(a.Body, []byte(registrationtest.Phone(n))) {
			s.Errorf("%s %s tells a number: %s", method, path, a.Body)
		}
	}
	return a
}

// draft is an application of the n-th person as JSON; more are further members.
func draft(n int, more string) string {
	d := registrationtest.Draft(n)
	return fmt.Sprintf(`{%s"name":%q,"id_number":%q,"phone":%q,"unit_name":"第%d厂","employment":"employee","skill":"3","city_years":5,"trade_years":4,
"promise":true,"certificates":[{"kind":"健康证","until":"2027-01-31"}],"titles":[],"consent":{"notice":"v1","sensitive":true}}`,
		more, d.Name, d.IDNumber, d.Phone, n)
}

const forWelder = `"event":"00000000-0000-0000-0000-00000000000b",`

// person is a row of the sheet of applications.
func person(n int, change ...string) map[string]string {
	row := map[string]string{
		"姓名": "梁志远", "证件号码": registrationtest.Number(n), "手机号": registrationtest.Phone(n), "单位名称": fmt.Sprintf("第%d厂", n),
		"从事本工种年限": "4", "本人已承诺": "是", "本人已同意个人信息告知书": "是", "持有证件": "焊工证:2027-01-31、健康证", "用工形式": "农民工",
	}
	for i := 0; i < len(change); i += 2 {
		row[change[i]] = change[i+1]
	}
	return row
}

var _ registration.Store = (*registrationtest.Memory)(nil)
