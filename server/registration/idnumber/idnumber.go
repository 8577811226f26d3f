package idnumber

import (
	"strings"
	"time"
)

// Kind is which card a number is of.
type Kind string

// The kinds of card.
const (
	Citizen   Kind = "citizen"   // 居民身份证
	Resident  Kind = "resident"  // 港澳台居民居住证
	Foreigner Kind = "foreigner" // 外国人永久居留身份证
)

// Fault is what is wrong with a number; Valid says nothing is.
type Fault string

// The faults of numbers.
const (
	Valid      Fault = ""
	Length     Fault = "id_length"     // not 18 characters
	OldForm    Fault = "id_old"        // 15 digits, of the cards before 1999
	Characters Fault = "id_characters" // not 17 digits and a digit or X
	Checksum   Fault = "id_checksum"
	Date       Fault = "id_date" // no such day
	Future     Fault = "id_future"
	Region     Fault = "id_region" // no such province, nation or permit
)

// ID is a valid ID number (证件号码). The zero ID is none. It compares with ==.
type ID struct {
	digits string
	kind   Kind
}

// Parse reads a number as people type it: with spaces, in full width, with a
// small x. today is the day on which nobody is born later.
func Parse(text string, today time.Time) (ID, Fault) {
	s := strings.ToUpper(Plain(text))
	if f := form(s); f != Valid {
		return ID{}, f
	}
	if CheckDigit(s[:17]) != s[17] {
		return ID{}, Checksum
	}
	born, err := time.Parse("20060102", s[6:14])
	if err != nil || born.Year() < 1900 {
		return ID{}, Date
	}
	if born.After(today) {
		return ID{}, Future
	}
	kind, known := kindOf(s)
	if !known {
		return ID{}, Region
	}
	return ID{digits: s, kind: kind}, Valid
}

func form(s string) Fault {
	for i, c := range s {
		if (c < '0' || c > '9') && (c != 'X' || i != len(s)-1) {
			if len(s) != 18 {
				return Length
			}
			return Characters
		}
	}
	switch len(s) {
	case 18:
		return Valid
	case 15:
		return OldForm
	}
	return Length
}

// CheckDigit is the last character of GB 11643 for the first 17 digits.
func CheckDigit(first string) byte {
	sum, weight := 0, 1
	// From the right the weights are 2, 4, 8 … modulo 11.
	for i := len(first) - 1; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(first[i]-'0') * weight
	}
	return "10X98765432"[sum%11]
}

// provinces are the first two digits of GB/T 2260.
var provinces = map[string]bool{
	"11": true, "12": true, "13": true, "14": true, "15": true, "21": true, "22": true, "23": true,
	"31": true, "32": true, "33": true, "34": true, "35": true, "36": true, "37": true,
	"41": true, "42": true, "43": true, "44": true, "45": true, "46": true,
	"50": true, "51": true, "52": true, "53": true, "54": true,
	"61": true, "62": true, "63": true, "64": true, "65": true,
	"71": true,
}

// permits are the six digits of residence permits: Hong Kong, Macao, Taiwan.
var permits = map[string]bool{"810000": true, "820000": true, "830000": true}

func kindOf(s string) (Kind, bool) {
	switch {
	case s[0] == '9': // 9, province of issue, three digits of the nation
		return Foreigner, provinces[s[1:3]] && s[3:6] != "000"
	case s[0] == '8':
		return Resident, permits[s[:6]]
	}
	return Citizen, provinces[s[:2]]
}

// abolished are prefectures whose codes are no more given out; cards with them
// are good.
var abolished = map[string]bool{"5102": true, "5122": true, "5123": true, "5135": true}

// Warnings are reasons to look at the card again that are none to refuse it:
// id_region_abolished, id_region_unusual (nobody is registered in a whole
// province or prefecture).
func (id ID) Warnings() []string {
	switch {
	case id.kind != Citizen:
		return nil
	case abolished[id.digits[:4]]:
		return []string{"id_region_abolished"}
	case id.digits[4:6] == "00":
		return []string{"id_region_unusual"}
	}
	return nil
}

// IsZero says that there is no number.
func (id ID) IsZero() bool { return id.digits == "" }

// Kind is which card it is of, "" for the zero ID.
func (id ID) Kind() Kind { return id.kind }

// Born is the day of birth, UTC midnight.
func (id ID) Born() time.Time {
	if id.IsZero() {
		return time.Time{}
	}
	t, _ := time.Parse("20060102", id.digits[6:14])
	return t
}

// IsFemale is what the 17th digit says.
func (id ID) IsFemale() bool { return !id.IsZero() && (id.digits[16]-'0')%2 == 0 }

// Reveal is the whole number. Whoever calls it seals it, indexes it or hands it
// to someone who has the right; it goes into no log, error or answer.
func (id ID) Reveal() string { return id.digits }

// Stored is the ID of a number that Parse has accepted before.
func Stored(digits string) ID {
	if form(digits) != Valid {
		return ID{}
	}
	kind, _ := kindOf(digits)
	return ID{digits: digits, kind: kind}
}

// Age is the years completed on a day: a birthday counts from its morning, and
// who is born on 29 February has it on 1 March of other years.
func Age(born, on time.Time) int {
	years := on.Year() - born.Year()
	if born.AddDate(years, 0, 0).After(on) {
		years--
	}
	return years
}
