package identity

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Account is a person who signs in at a console (账号).
type Account struct {
	ID   contest.ID
	User string // what one types to sign in: lower case, unique
	Name string // shown
	// Hash is the password in PHC form; never shown.
	Hash string `json:"-"`
	// MustChange lets the account do nothing but change its password.
	MustChange bool
	DisabledAt time.Time // zero: may sign in
	CreatedAt  time.Time
	CreatedBy  contest.ID
	Grants     []contest.Grant
	// Version counts the changes; SaveAccount refuses to write over another.
	Version int
}

// Disabled says that the account may not sign in.
func (a Account) Disabled() bool { return !a.DisabledAt.IsZero() }

// Actor is the account as one who acts; session may be zero.
func (a Account) Actor(session contest.ID) contest.Actor {
	return contest.Actor{Account: a.ID, Name: a.Name, Session: session, Grants: a.Grants}
}

// IsAdministrator says that the account holds the administrator's grant.
func (a Account) IsAdministrator() bool { return isAdministrator(a.Grants) }

// userForm keeps to letters that every keyboard has and that look like nothing
// else once they are lower case.
var userForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,39}$`)

const (
	maxName       = 60
	maxDeviceName = 40
)

// userKey is the one spelling of a user name.
func userKey(user string) string { return strings.ToLower(strings.TrimSpace(user)) }

func checkUser(user string) []fault.Field {
	if userForm.MatchString(user) {
		return nil
	}
	return []fault.Field{fault.At("/user", "identity.user_form", "")}
}

func checkName(name string) []fault.Field {
	if plainText(name, 1, maxName) {
		return nil
	}
	return []fault.Field{fault.At("/name", "identity.name_form", "")}
}

// plainText says that s is min to max characters that can be shown in one line
// as they are: a control or direction character in a name could make a list
// read as something else.
func plainText(s string, low, high int) bool {
	if !utf8.ValidString(s) || strings.TrimSpace(s) != s {
		return false
	}
	n := utf8.RuneCountInString(s)
	if n < low || n > high {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}

func invalid(fields []fault.Field) error {
	if len(fields) == 0 {
		return nil
	}
	return fault.New(fault.Refused, "identity.invalid", fields...)
}

func forbidden() error { return fault.New(fault.Forbidden, "identity.forbidden") }

func signInFirst() error { return fault.New(fault.Unauthenticated, "identity.sign_in") }
