package parcel_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/programme/parcel"
)

// packed is a .zip of names and texts, in their order.
func packed(t *testing.T, namesAndTexts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(namesAndTexts); i += 2 {
		w, err := z.Create(namesAndTexts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(namesAndTexts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// crafted is a .zip with one entry whose header says what it likes.
func crafted(t *testing.T, h zip.FileHeader, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	h.CompressedSize64, h.UncompressedSize64 = uint64(len(data)), max(h.UncompressedSize64, uint64(len(data)))
	if h.CRC32 == 0 {
		h.CRC32 = crc32.ChecksumIEEE(data)
	}
	w, err := z.CreateRaw(&h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func places(fields []fault.Field) string {
	var out []string
	for _, f := range fields {
		out = append(out, f.Path+" "+f.Code)
	}
	return strings.Join(out, "\n")
}

func TestOpenZipRefuses(t *testing.T) {
	many := make([]string, 0, 2*(parcel.MaxEntries+1))
	for i := range parcel.MaxEntries + 1 {
		many = append(many, fmt.Sprintf("f%d", i), "")
	}
	broken := packed(t, "contest.json", strings.Repeat(`{"code":"x"}`, 50))
	broken[45] ^= 0xff // inside the packed bytes: the sum no longer fits
	link := zip.FileHeader{Name: "contest.json"}
	link.SetMode(os.ModeSymlink | 0o777)
	for name, tc := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":            {nil, " package.archive_broken"},
		"no zip":             {[]byte("code,name\n"), " package.archive_broken"},
		"cut off":            {broken[:len(broken)-30], " package.archive_broken"},
		"wrong sum":          {broken, "contest.json package.archive_broken"},
		"20 MB and one byte": {make([]byte, parcel.MaxZip+1), " package.too_large"},
		"2,001 files":        {packed(t, many...), " package.too_many_files"},
		"traversal":          {packed(t, "../contest.json", "{}"), "../contest.json package.name_unsafe"},
		"traversal inside":   {packed(t, "schemes/../../x.json", "{}"), "schemes/../../x.json package.name_unsafe"},
		"absolute":           {packed(t, "/contest.json", "{}"), "/contest.json package.name_unsafe"},
		"drive":              {packed(t, "c:contest.json", "{}"), "c:contest.json package.name_unsafe"},
		"backslash":          {packed(t, `schemes\a.json`, "{}"), `schemes\a.json package.name_unsafe`},
		"folder outside":     {packed(t, "../schemes/", ""), "../schemes/ package.name_unsafe"},
		"name of no text":    {packed(t, "\xb9\xa4.csv", ""), "\xb9\xa4.csv package.name_unsafe"},
		"twice":              {packed(t, "units.csv", "a", "units.csv", "b"), "units.csv package.name_duplicate"},
		"twice, other case":  {packed(t, "units.csv", "a", "UNITS.csv", "b"), "UNITS.csv package.name_duplicate"},
		"nested by name":     {packed(t, "more.ZIP", "x"), "more.ZIP package.nested"},
		"nested by bytes":    {packed(t, "schemes/a.json", "PK\x03\x04 and so on"), "schemes/a.json package.nested"},
		"symbolic link":      {crafted(t, link, []byte("/etc/passwd")), "contest.json package.not_a_file"},
		"encrypted":          {crafted(t, zip.FileHeader{Name: "contest.json", Flags: 1}, []byte("x")), "contest.json package.encrypted"},
		"unknown method":     {crafted(t, zip.FileHeader{Name: "contest.json", Method: 99}, []byte("x")), "contest.json package.archive_broken"},
		"bomb":               {packed(t, "entries.csv", strings.Repeat("\x00", 8<<20)), "entries.csv package.bomb"},
		"all at once":        {packed(t, "/a", "", "../b", "", "c.zip", ""), "/a package.name_unsafe\n../b package.name_unsafe\nc.zip package.nested"},
	} {
		t.Run(name, func(t *testing.T) {
			files, faults := parcel.OpenZip(tc.data)
			if got := places(faults.Fields()); got != tc.want {
				t.Errorf("faults:\n%s\nwant:\n%s", got, tc.want)
			}
			if files != nil {
				t.Error("files of an archive that is refused")
			}
		})
	}
}

// A header that understates the size, and a stream that goes on behind what it
// declares, must not unpack further than the archive allows.
func TestOpenZipBelievesNoSizes(t *testing.T) {
	data := packed(t, "entries.csv", strings.Repeat("a", 64<<20))
	at := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[at+24:], 10) // unpacked size in the directory
	_, faults := parcel.OpenZip(data)
	if got := places(faults.Fields()); got != "entries.csv package.bomb" && got != "entries.csv package.archive_broken" {
		t.Errorf("faults: %s", got)
	}
}

// Many files below the ratio each must not make a quarter of a gigabyte: the
// entries of the directory all point at one stream.
func TestOpenZipOverlapping(t *testing.T) {
	data := packed(t, "f00.csv", strings.Repeat("0123456789", 120_000))
	at := bytes.LastIndex(data, []byte("PK\x01\x02"))
	end := bytes.LastIndex(data, []byte("PK\x05\x06"))
	entry := data[at:end]
	var b bytes.Buffer
	b.Write(data[:at])
	const n = 400
	for i := range n {
		copied := bytes.Clone(entry)
		copy(copied[46:], fmt.Sprintf("f%02x", i)) // beyond 255 the names differ in length, so keep to three bytes
		if i > 255 {
			copy(copied[46:], fmt.Sprintf("%03x", i))
		}
		b.Write(copied)
	}
	tail := bytes.Clone(data[end:])
	binary.LittleEndian.PutUint16(tail[8:], n)
	binary.LittleEndian.PutUint16(tail[10:], n)
	binary.LittleEndian.PutUint32(tail[12:], uint32(n*len(entry)))
	b.Write(tail)
	files, faults := parcel.OpenZip(b.Bytes())
	if files != nil || !strings.Contains(places(faults.Fields()), "package.bomb") {
		t.Errorf("%d files, faults: %s", len(files), places(faults.Fields()))
	}
}

func TestOpenZipTakes(t *testing.T) {
	for name, data := range map[string][]byte{
		"files at the top": packed(t, "contest.json", "{}", "schemes/", "", "schemes/a.json", "{}"),
		"one folder":       packed(t, "mine/contest.json", "{}", "mine/schemes/a.json", "{}"),
		"litter":           packed(t, "contest.json", "{}", "schemes/a.json", "{}", "__MACOSX/._x", "PK\x03\x04", ".DS_Store", "x", "schemes/Thumbs.db", "x"),
	} {
		files, faults := parcel.OpenZip(data)
		if faults.Any() || len(files) != 2 || files["contest.json"] == nil || files["schemes/a.json"] == nil {
			t.Errorf("%s: %v, %s", name, files, places(faults.Fields()))
		}
	}
}

func TestOpenFolder(t *testing.T) {
	files, faults, err := parcel.OpenFolder(fstest.MapFS{
		"contest.json":   {Data: []byte("{}")},
		"schemes/a.json": {Data: []byte("{}")},
		".DS_Store":      {Data: []byte("x")},
	})
	if err != nil || faults.Any() || len(files) != 2 {
		t.Fatalf("%v %s %v", files, places(faults.Fields()), err)
	}
	_, faults, err = parcel.OpenFolder(fstest.MapFS{
		"contest.json": {Data: []byte("x"), Mode: os.ModeSymlink},
		"more.zip":     {Data: []byte("x")},
	})
	if want := "contest.json package.not_a_file\nmore.zip package.nested"; err != nil || places(faults.Fields()) != want {
		t.Errorf("%s %v", places(faults.Fields()), err)
	}
	if _, _, err = parcel.OpenFolder(os.DirFS(filepath.Join(t.TempDir(), "absent"))); err == nil {
		t.Error("a folder that is not there")
	}
}

func TestFolderOverwritesNothing(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	files := parcel.Files{"contest.json": []byte("{}"), "schemes/a.json": []byte("{}")}
	if err := files.Folder(root); err != nil {
		t.Fatal(err)
	}
	if err := files.Folder(root); !os.IsExist(err) {
		t.Fatalf("second time: %v", err)
	}
	got, err := root.ReadFile("schemes/a.json")
	if err != nil || string(got) != "{}" {
		t.Fatalf("%q %v", got, err)
	}
}

// Equal packages at one time are equal bytes, and come back as they were.
func TestZipAndBack(t *testing.T) {
	files := parcel.Files{"contest.json": []byte("{}"), "schemes/a.json": []byte(`{"x":1}`), "units.csv": []byte("code,name\n")}
	at := time.Date(2026, 5, 18, 9, 0, 0, 0, time.UTC)
	var one, two bytes.Buffer
	if err := files.Zip(&one, at); err != nil {
		t.Fatal(err)
	}
	if err := files.Zip(&two, at); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two archives of one package differ")
	}
	back, faults := parcel.OpenZip(one.Bytes())
	if faults.Any() || len(back) != 3 || string(back["schemes/a.json"]) != `{"x":1}` {
		t.Errorf("%v %s", back, places(faults.Fields()))
	}
}
