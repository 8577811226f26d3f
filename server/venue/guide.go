package venue

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"image/color"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"

	"jiangtai/server/paper/printing"
)

// Guide (安装说明) tells people how a tablet comes to trust the hall's authority.
type Guide struct {
	Page   string // where it is handed out: http://10.1.2.3/
	Tablet string // where it leads in the end: https://10.1.2.3/tablet
	SHA256 string // fingerprints of the authority
	SHA1   string
	Until  time.Time // end of the authority
	Names  []string  // that it may speak for
}

// NewGuide is about the authority der.
func NewGuide(der []byte, n Names, page, tablet string) (Guide, error) {
	chain, f := readChain(pemCert(der))
	if f != nil {
		return Guide{}, refuse("venue.certificate", *f)
	}
	return Guide{
		Page: page, Tablet: tablet, SHA256: Fingerprint256(der), SHA1: Fingerprint1(der),
		Until: chain[0].NotAfter, Names: n.List(),
	}, nil
}

// said is one text in both languages.
type said struct{ Zh, En string }

// device is how it is done on one kind of tablet.
type device struct {
	Name  said
	Steps []said
	Check said
}

var devices = []device{
	{
		Name: said{"安卓平板（含鸿蒙）", "Android (and HarmonyOS)"},
		Steps: []said{
			{"用浏览器打开上面的网址，点“下载证书”，得到文件 ca.crt。", "Open the address above in the browser and tap “Download the certificate”: the file is ca.crt."},
			{"打开“设置”，搜索“证书”，选“从存储设备安装”→“CA 证书”→“仍然安装”。", "Settings, search for “certificate”, “Install from storage” → “CA certificate” → “Install anyway”."},
			{"在“下载”里选 ca.crt。没有锁屏密码的平板会要求先设一个。", "Choose ca.crt in Downloads. A tablet without a screen lock asks for one first."},
		},
		Check: said{"“设置”→“信任的凭据”→“用户”，点开 Jiangtai，核对 SHA-256 指纹。", "Settings → “Trusted credentials” → “User”: open Jiangtai and compare the SHA-256 fingerprint."},
	},
	{
		Name: said{"iPad", "iPad"},
		Steps: []said{
			{"用 Safari 打开上面的网址，点“下载证书”，选“允许”。", "Open the address above in Safari, tap “Download the certificate”, then “Allow”."},
			{"打开“设置”，点最上面的“已下载描述文件”，点“安装”。", "Open Settings, tap “Profile Downloaded” at the top, then “Install”."},
			{"“设置”→“通用”→“关于本机”→“证书信任设置”，打开 Jiangtai 的开关。不做这一步，网页仍然打不开。", "Settings → General → About → “Certificate Trust Settings”: switch Jiangtai on. Without this step the page stays shut."},
		},
		Check: said{"安装时点“更多详细信息”，点开证书，核对 SHA-256 指纹。", "While installing tap “More Details”, open the certificate and compare the SHA-256 fingerprint."},
	},
	{
		Name: said{"Windows 电脑（记分台、大屏）", "Windows (score desk, screens)"},
		Steps: []said{
			{"用浏览器打开上面的网址，点“下载证书”，双击 ca.crt。", "Open the address above, click “Download the certificate” and double-click ca.crt."},
			{"点“安装证书”→“当前用户”→“将所有的证书都放入下列存储”→“浏览”→“受信任的根证书颁发机构”。", "“Install Certificate” → “Current User” → “Place all certificates in the following store” → “Trusted Root Certification Authorities”."},
			{"Windows 会显示指纹并询问；核对后点“是”，再重新打开浏览器。", "Windows shows a thumbprint and asks; compare it, choose “Yes” and start the browser anew."},
		},
		Check: said{"Windows 显示的是“指纹（SHA-1）”，与下面的 SHA-1 核对。", "What Windows shows is the SHA-1 thumbprint; compare it with SHA-1 below."},
	},
}

//go:embed install.html.tmpl
var pageText string

var page = template.Must(template.New("install").Parse(pageText))

// HTML is the page that the server hands out before anybody trusts it: one file, no
// script, nothing from elsewhere.
func (g Guide) HTML() ([]byte, error) {
	code, err := drawCode(g.Page)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = page.Execute(&b, struct {
		Guide
		Devices []device
		Code    template.HTML
		End     string
		For     string
	}{g, devices, code, g.Until.UTC().Format("2006-01-02"), strings.Join(g.Names, "、")})
	if err != nil {
		return nil, fmt.Errorf("page of the authority: %w", err)
	}
	return b.Bytes(), nil
}

// drawCode is a QR code as SVG, with its margin of four modules.
func drawCode(text string) (template.HTML, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return "", fmt.Errorf("QR code of the page: %w", err)
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := range size {
			if color.GrayModel.Convert(code.At(x, y)) == (color.Gray{}) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+4, y+4)
			}
		}
	}
	svg := fmt.Sprintf(`<svg class="code" viewBox="0 0 %d %d" role="img" aria-label="QR" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>`,
		size+8, size+8, size+8, size+8, path.String())
	return template.HTML(svg), nil //nolint:gosec // numbers alone
}

// Document is the same on paper, to hang up beside the tablets' table.
func (g Guide) Document(at time.Time, zone *time.Location) printing.Document {
	d := printing.Document{
		Title: "平板信任赛场服务器", Subtitle: "Before a tablet can be used in this hall", Code: g.Page,
		Note: "匠台 jiangtai venue", PrintedAt: at, Zone: zone,
		Blocks: []printing.Block{
			printing.Paragraph{Text: "扫右上角的二维码，或在浏览器里输入：" + g.Page, Size: 13, Bold: true},
			printing.Paragraph{Text: "Scan the code at the top, or type this address.", Grey: true},
		},
	}
	for _, v := range devices {
		d.Blocks = append(d.Blocks, printing.Heading(both(v.Name)))
		t := printing.Table{Size: 10, Columns: []printing.Column{{Head: "步", Min: 9, Share: 0.01, Align: printing.Center}, {Head: "做什么 / What to do", Share: 1}}}
		for i, s := range append(append([]said{}, v.Steps...), v.Check) {
			t.Rows = append(t.Rows, printing.Row{Cells: []string{fmt.Sprint(i + 1), s.Zh + "\n" + s.En}})
		}
		d.Blocks = append(d.Blocks, t)
	}
	d.Blocks = append(d.Blocks,
		printing.Heading("核对指纹 Fingerprints"),
		printing.Paragraph{Text: "SHA-256  " + g.SHA256, Size: 11, Bold: true},
		printing.Paragraph{Text: "SHA-1  " + g.SHA1, Size: 11, Bold: true},
		printing.Paragraph{Text: "指纹不同：不要安装，马上叫技术人员。/ If they differ, do not install it and call the technician."},
		printing.Heading("然后 Then"),
		printing.Paragraph{Text: "打开 " + g.Tablet + "/check ，每一行都是“好”才可以用。/ Every line must say “OK”.", Size: 12, Bold: true},
		printing.Paragraph{Text: fmt.Sprintf("这个证书只能证明 %s，%s 后失效。赛后请从平板里删掉它。/ It speaks for these names alone and ends on that day. Take it off the tablets after the contest.",
			strings.Join(g.Names, "、"), g.Until.UTC().Format("2006-01-02"))},
	)
	return d
}

func both(s said) string {
	if s.Zh == s.En {
		return s.Zh
	}
	return s.Zh + " / " + s.En
}
