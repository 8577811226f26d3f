package app

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/paper/printing"
	"jiangtai/server/venue"
)

// venueCommand makes a hall safe that has no internet.
type venueCommand struct {
	Check venueCheck `cmd:"" help:"Look at a certificate for a name of the city, and say what the hall's DNS must answer. The way to prefer."`
	Make  venueMake  `cmd:"" help:"Make an authority and a certificate for a hall, with instructions for tablets. The last resort."`
	Renew venueRenew `cmd:"" help:"Sign a new certificate with the authority of a folder; a running server takes it by itself."`
}

type venueCheck struct {
	Cert    string   `required:"" type:"path" help:"The certificate and those above it, PEM."`
	Key     string   `required:"" type:"path" help:"Its key, PEM."`
	Name    []string `help:"Names and addresses that tablets will use. Default: those of the certificate."`
	Address []string `help:"Addresses of the server in the hall. Default: those of this machine."`
}

// Run says what is wrong with a certificate and where its names must lead.
func (c venueCheck) Run(ctx context.Context, inv Invocation) error {
	var want venue.Names
	var wrong []fault.Field
	if len(c.Name) > 0 {
		want, wrong = venue.ReadNames("name", c.Name)
	}
	server, bad := hallAddresses(c.Address)
	if wrong = append(wrong, bad...); len(wrong) > 0 {
		return fault.New(fault.Malformed, "venue.invalid", wrong...)
	}
	r := venue.ReadFiles(c.Cert, c.Key, want, clock())
	writeReport(inv.Stdout, r)
	hosts := want.Hosts
	if len(c.Name) == 0 {
		hosts = slices.DeleteFunc(slices.Clone(r.Names), func(n string) bool {
			_, err := netip.ParseAddr(n)
			return err == nil || strings.HasPrefix(n, "*")
		})
	}
	writeDirections(inv.Stdout, venue.Directions(ctx, hosts, server, lookUp))
	if len(r.Faults) > 0 {
		return fault.New(fault.Refused, "venue.certificate", r.Faults...)
	}
	fmt.Fprintf(inv.Stdout, "\n  jiangtai serve --http-addr :443 --tls-cert %s --tls-key %s --plain-addr :80 --public-url https://%s\n", c.Cert, c.Key, first(hosts, r.Names))
	return nil
}

type venueMake struct {
	Name []string `required:"" help:"Names and addresses that tablets will use; the first one stands in their address bar."`
	Days int      `default:"30" help:"How long the server's certificate lives (1…90); 'venue renew' makes the next one."`
	Dir  string   `default:"./venue" type:"path" help:"A folder of its own; nothing in it is overwritten."`
	Page string   `help:"Where 'serve --plain-addr' hands out the instructions. Default: http:// and the first name."`
	Home string   `help:"Where tablets will open the server. Default: https:// and the first name."`
}

// Run makes the authority, its first certificate and the instructions.
func (c venueMake) Run(inv Invocation) error {
	n, wrong := venue.ReadNames("name", c.Name)
	for path, url := range map[string]string{"page": c.Page, "home": c.Home} {
		if url != "" && !isOrigin(url) {
			wrong = append(wrong, fault.At(path, "config.url", url))
		}
	}
	if len(wrong) > 0 {
		return fault.New(fault.Malformed, "venue.invalid", wrong...)
	}
	now := clock()
	r, err := venue.Make(c.Dir, n, c.Days, now)
	if err != nil {
		return err
	}
	page, home := orElse(c.Page, "http://"+n.Main()), orElse(c.Home, "https://"+n.Main())
	if err := c.instructions(n, page, home, now); err != nil {
		return err
	}
	writeReport(inv.Stdout, r)
	fmt.Fprintf(inv.Stdout, `
%s
  %s, %s   打印并贴在发平板的桌边 / print it and hang it up where tablets are handed out
  %s        谁拿到它，谁就能冒充这台服务器；赛后删掉 / whoever has it can pretend to be this server: delete it after the contest

  jiangtai serve --http-addr :443 --tls-cert %s --tls-key %s --plain-addr :80 --public-url %s
`, c.Dir, venue.FilePage, venue.FilePoster, venue.FileCAKey,
		filepath.Join(c.Dir, venue.FileCert), filepath.Join(c.Dir, venue.FileKey), home)
	return nil
}

func (c venueMake) instructions(n venue.Names, page, home string, now time.Time) error {
	der, err := venue.Authority(c.Dir)
	if err != nil {
		return err
	}
	g, err := venue.NewGuide(der, n, page+"/", home+"/tablet")
	if err != nil {
		return err
	}
	html, err := g.HTML()
	if err != nil {
		return err
	}
	press, err := printing.Open()
	if err != nil {
		return fmt.Errorf("print the instructions: %w", err)
	}
	pdf, err := press.Print(g.Document(now, contest.Zone))
	if err != nil {
		return fmt.Errorf("print the instructions: %w", err)
	}
	if err := venue.WriteNew(filepath.Join(c.Dir, venue.FilePage), html); err != nil {
		return err
	}
	return venue.WriteNew(filepath.Join(c.Dir, venue.FilePoster), pdf)
}

type venueRenew struct {
	Days int    `default:"30" help:"How long the new certificate lives (1…90)."`
	Dir  string `default:"./venue" type:"path" help:"The folder that 'venue make' wrote."`
}

// Run signs the next certificate.
func (c venueRenew) Run(inv Invocation) error {
	r, err := venue.Renew(c.Dir, c.Days, clock())
	if err == nil {
		writeReport(inv.Stdout, r)
	}
	return err
}

func writeReport(w io.Writer, r venue.Report) {
	if len(r.Names) > 0 {
		trust := "每台平板都信任 / every tablet trusts it"
		if !r.IsPublic {
			trust = "平板要先装根证书 / tablets must install its authority first"
		}
		for _, kv := range [][2]string{
			{"names", strings.Join(r.Names, ", ")},
			{"valid", r.From.UTC().Format(time.DateTime) + " … " + r.Until.UTC().Format(time.DateTime) + " UTC"},
			{"issuer", r.Issuer},
			{"sha256", r.SHA256},
			{"trust", trust},
		} {
			fmt.Fprintf(w, "%-8s %s\n", kv[0], kv[1])
		}
	}
	for _, f := range r.Attention {
		fmt.Fprintf(w, "! %s: %s (%s)\n", f.Path, sentence(f.Code), f.Hint)
	}
}

func writeDirections(w io.Writer, list []venue.Direction) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintln(w, "\n赛场的 DNS 必须这样回答 / the hall's DNS must answer")
	for _, d := range list {
		state := "现在查不到 / not known here yet"
		if len(d.Has) > 0 {
			state = "现在是 / now: " + joinAddresses(d.Has)
		}
		if d.IsRight {
			state = "已经是 / it does"
		}
		fmt.Fprintf(w, "  %s  →  %s   (%s)\n", d.Host, joinAddresses(d.Want), state)
	}
	for _, d := range list {
		for _, a := range d.Want {
			fmt.Fprintf(w, "  dnsmasq:  address=/%s/%s      hosts:  %s %s\n", d.Host, a, a, d.Host)
		}
	}
}

func joinAddresses(list []netip.Addr) string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = a.String()
	}
	return strings.Join(out, ", ")
}

// hallAddresses reads addresses, or finds those that other machines can reach.
func hallAddresses(list []string) ([]netip.Addr, []fault.Field) {
	if len(list) > 0 {
		n, wrong := venue.ReadNames("address", list)
		for _, host := range n.Hosts {
			wrong = append(wrong, fault.At("address", "venue.name", host))
		}
		return n.Addresses, wrong
	}
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil, nil
	}
	var out []netip.Addr
	for _, a := range all {
		if p, err := netip.ParsePrefix(a.String()); err == nil && p.Addr().IsGlobalUnicast() {
			out = append(out, p.Addr().Unmap())
		}
	}
	return out, nil
}

// lookUp asks this machine's resolver and does not wait long: a hall often has none.
func lookUp(ctx context.Context, host string) ([]netip.Addr, error) {
	within, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	return net.DefaultResolver.LookupNetIP(within, "ip", host)
}

func first(lists ...[]string) string {
	for _, l := range lists {
		if len(l) > 0 {
			return l[0]
		}
	}
	return ""
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return strings.TrimRight(text, "/")
}
