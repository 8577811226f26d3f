package workbook_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
	"jiangtai/server/web"
	"jiangtai/server/web/workbook"
)

func layout() excel.Layout {
	return excel.Layout{Sheet: "表", Columns: []excel.Column{{Key: "name", Title: "姓名", Required: true}, {Key: "years", Title: "年限", Kind: excel.Integer}}}
}

// said is an error as kind and code, with its fields.
func said(err error) string {
	if err == nil {
		return ""
	}
	f := fault.Of(err)
	out := fmt.Sprintf("%v %s", f.Kind, f.Code)
	for _, at := range f.Fields {
		out += fmt.Sprintf(" %s=%s(%s)", at.Path, at.Code, at.Hint)
	}
	return out
}

func TestOneReadsAtATime(t *testing.T) {
	var r workbook.Reader
	leave, err := r.Enter()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Enter(); fault.Code(err) != "excel.busy" || fault.Of(err).RetryAfter != 2 {
		t.Error(said(err))
	}
	leave()
	if leave, err = r.Enter(); err != nil {
		t.Fatal(err)
	}
	leave()
}

func TestFilesThatAreNone(t *testing.T) {
	r := workbook.Reader{Hint: strings.ToUpper}
	for want, body := range map[string]string{
		fmt.Sprintf("%v excel.file_type =excel.file_type()", fault.Unsupported):     "no workbook",
		fmt.Sprintf("%v excel.too_large =excel.too_large(5242880)", fault.TooLarge): strings.Repeat("x", 5<<20+1),
		fmt.Sprintf("%v excel.archive =excel.archive(0)", fault.Refused):            "",
		fmt.Sprintf("%v excel.file_type =excel.file_type(.XLS)", fault.Unsupported): "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
	} {
		if _, err := r.Read(t.Context(), []byte(body), layout()); said(err) != want {
			t.Errorf("%q, want %q", said(err), want)
		}
	}
	if err := r.Refusal(io.EOF); !errors.Is(err, io.EOF) {
		t.Errorf("another error became %v", err)
	}
}

func TestFaultsOfFileAndDesk(t *testing.T) {
	found := []fault.Field{fault.At("表:2:B", "excel.integer", "")}
	more := []fault.Field{fault.At("表:2:B", "x.empty", ""), fault.At("表:3:A", "x.twice", "")}
	got, err := workbook.MergeError(found, fault.New(fault.Refused, "x.invalid", more...), "x.invalid")
	if err != nil || len(got) != 2 || got[0].Code != "excel.integer" || got[1].Code != "x.twice" {
		t.Errorf("%v %v", got, err)
	}
	if _, err := workbook.MergeError(found, fault.New(fault.Stale, "x.changed"), "x.invalid"); fault.Code(err) != "x.changed" {
		t.Error(err)
	}
	if got, err := workbook.MergeError(found, nil, "x.invalid"); err != nil || len(got) != 1 {
		t.Errorf("%v %v", got, err)
	}
}

func TestAnswers(t *testing.T) {
	app := web.New(web.Config{Now: func() time.Time { return time.Time{} }})
	web.API(app).Post("/lists", func(c *fiber.Ctx) error {
		if _, err := workbook.Mode(c); err != nil {
			return err
		}
		t := excel.Table{Rows: []excel.Row{{Number: 2}}}
		words := workbook.Words(c, t, []fault.Field{fault.At("a:b:2:B", "excel.integer", "x"), fault.At("表:3", "excel.required", ""), fault.At("表", "excel.rows", "")})
		return workbook.Send(c, "list", []byte(fmt.Sprint(words)), nil)
	})
	for _, ask := range []struct {
		kind, mode string
		status     int
	}{{workbook.Media, "preview", 200}, {workbook.Media, "try", 400}, {"application/json", "import", 415}} {
		req := httptest.NewRequest(http.MethodPost, "/api/v1/lists?mode="+ask.mode, bytes.NewReader([]byte("x")))
		req.Header.Set("X-Jiangtai", "1")
		req.Header.Set("Content-Type", ask.kind)
		resp, err := app.Test(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != ask.status {
			t.Fatalf("%+v: %d %s %v", ask, resp.StatusCode, body, err)
		}
		if ask.status == 200 && (resp.Header.Get("Content-Disposition") != `attachment; filename="list.xlsx"` || !strings.HasPrefix(string(body), "map[0:[") ||
			!strings.Contains(string(body), "2:[B ") || !strings.Contains(string(body), "（x）]") || !strings.Contains(string(body), " 3:[")) {
			t.Errorf("%v %s", resp.Header, body)
		}
	}
}
