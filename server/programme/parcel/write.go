package parcel

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"time"
)

// contestJSON fixes the order of contest.json's keys.
type contestJSON struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	NameEn    string `json:"name_en"`
	Kind      string `json:"kind"`
	Organiser string `json:"organiser"`
	StartsOn  string `json:"starts_on"`
	EndsOn    string `json:"ends_on"`
	Visible   bool   `json:"visible"`
}

// Files writes the parcel in normal form.
func (p *Parcel) Files() (Files, error) {
	files := Files{}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(contestJSON(p.Contest)); err != nil {
		return nil, fmt.Errorf("write contest.json: %w", err)
	}
	files["contest.json"] = bytes.Clone(b.Bytes())
	for file, rows := range p.rows() {
		data, err := writeTable(file, rows)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", file, err)
		}
		files[file] = data
	}
	for name, data := range p.Schemes {
		files[SchemeFile(name)] = data
	}
	return files, nil
}

// rows are the tables' cells in the order of their columns. hosts.csv is there
// only when there are hosts.
func (p *Parcel) rows() map[string][][]string {
	out := map[string][][]string{"units.csv": {}, "events.csv": {}, "entries.csv": {}, "judges.csv": {}}
	for _, h := range p.Hosts {
		out["hosts.csv"] = append(out["hosts.csv"], []string{h.Code, h.Name})
	}
	for _, u := range p.Units {
		out["units.csv"] = append(out["units.csv"], []string{u.Code, u.Name, u.Short, u.Kind, u.Parent})
	}
	for _, e := range p.Events {
		out["events.csv"] = append(out["events.csv"], []string{
			e.Code, e.Trade, e.TradeEn, e.Title, e.TitleEn, e.Stage, e.Group, e.Hall, e.Host, e.Depth, e.Chain, e.Scheme,
		})
	}
	for _, e := range p.Entries {
		out["entries.csv"] = append(out["entries.csv"], []string{
			e.Event, e.EntryNo, e.SeatNo, e.WorkCode, e.Name, e.Unit, e.Kind, e.Team, e.Group, e.County,
		})
	}
	for _, j := range p.Judges {
		out["judges.csv"] = append(out["judges.csv"], []string{j.Event, j.Panel, j.Seat, j.Judge, j.Chief})
	}
	return out
}

func writeTable(file string, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	header := make([]string, 0, len(tables[file]))
	for _, c := range tables[file] {
		header = append(header, c.name)
	}
	if err := w.Write(header); err != nil {
		return nil, err
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Zip packs files in the order of their names. at stamps them, so that the
// caller's clock decides and equal packages can be equal bytes.
func (f Files) Zip(w io.Writer, at time.Time) error {
	z := zip.NewWriter(w)
	for _, name := range sorted(f) {
		part, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
		if err != nil {
			return fmt.Errorf("pack %s: %w", name, err)
		}
		if _, err := part.Write(f[name]); err != nil {
			return fmt.Errorf("pack %s: %w", name, err)
		}
	}
	return z.Close()
}

// Folder writes the files below root. Nothing that lies there is overwritten.
func (f Files) Folder(root *os.Root) error {
	if err := root.MkdirAll("schemes", 0o755); err != nil {
		return err
	}
	for _, name := range sorted(f) {
		out, err := root.OpenFile(path.Clean(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		_, err = out.Write(f[name])
		if err := errors.Join(err, out.Close()); err != nil {
			return err
		}
	}
	return nil
}
