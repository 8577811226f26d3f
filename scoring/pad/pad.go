package pad

// Pad is one aspect as a tablet needs it. Numbers are exact text: a plain
// decimal, or a fraction such as "2/3" where no decimal is exact.
type Pad struct {
	ID       string `json:"id"`
	Code     string `json:"code"` // A1.2
	Name     string `json:"name"`
	NameEn   string `json:"name_en,omitempty"`
	Text     string `json:"text,omitempty"` // how to judge it
	TextEn   string `json:"text_en,omitempty"`
	Kind     string `json:"kind"`
	Max      string `json:"max,omitempty"` // "" on an open scale
	Each     bool   `json:"each"`          // every chair marks; else one mark for the panel
	Required bool   `json:"required"`
	Attempts int    `json:"attempts"` // 1 and up

	Unit   string `json:"unit,omitempty"`
	Min    string `json:"min,omitempty"`  // least value accepted
	High   string `json:"high,omitempty"` // greatest value accepted
	Step   string `json:"step,omitempty"` // the value is a multiple of it
	Places int    `json:"places"`         // most decimals of a value

	// How a value becomes a mark; the first of these that is there.
	Options  []Option  `json:"options,omitempty"`  // the value is one of them
	Items    []Item    `json:"items,omitempty"`    // the value is a list "id=number;id=number"
	Inputs   []Input   `json:"inputs,omitempty"`   // the value is a list of numbers, one for each
	Readings *Readings `json:"readings,omitempty"` // the value is a list of numbers that become one
	Free     bool      `json:"free,omitempty"`     // the number is the mark
	Ranges   []Range   `json:"ranges,omitempty"`   // free, and in one of these
	Per      string    `json:"per,omitempty"`      // max − per × number, not below 0
	Linear   *Linear   `json:"linear,omitempty"`
	Bands    []Band    `json:"bands,omitempty"` // the first that holds the number
	Rows     []Row     `json:"rows,omitempty"`  // the first whose bands hold all inputs
	Else     string    `json:"else,omitempty"`  // mark when no band or row does; "" is 0
	Cap      string    `json:"cap,omitempty"`   // items: most that all take together
}

// Option is one choice.
type Option struct {
	Value  string `json:"value"`
	Label  string `json:"label"`
	Text   string `json:"text,omitempty"`
	TextEn string `json:"text_en,omitempty"`
	Mark   string `json:"mark"`
}

// Band holds the numbers between lo and hi; "" is open-ended.
type Band struct {
	Lo     string `json:"lo,omitempty"`
	LoOpen bool   `json:"lo_open,omitempty"` // lo itself is outside
	Hi     string `json:"hi,omitempty"`
	HiOpen bool   `json:"hi_open,omitempty"`
	Mark   string `json:"mark,omitempty"`
}

// Input is one of several measured numbers.
type Input struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameEn string `json:"name_en,omitempty"`
	Unit   string `json:"unit,omitempty"`
}

// Row is a row of a table: one band per input, without marks of their own.
type Row struct {
	When []Band `json:"when"`
	Mark string `json:"mark"`
}

// Readings says how many numbers and what becomes of them: max, min, mean or
// range.
type Readings struct {
	Count int    `json:"count"`
	Take  string `json:"take"`
}

// Range is a grade with its marks, both ends inside.
type Range struct {
	Value string `json:"value"`
	Label string `json:"label"`
	From  string `json:"from"`
	To    string `json:"to"`

	LabelEn string `json:"label_en,omitempty"`
}

// Linear is max × (limit − t)/(limit − best), clamped to 0…max.
type Linear struct {
	Limit string `json:"limit"`
	Best  string `json:"best"`
}

// Item is a listed deduction or violation. Of a counted item the number is how
// often it occurred and each occurrence takes Amount; of another it is the
// amount itself.
type Item struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	NameEn  string `json:"name_en,omitempty"`
	Counted bool   `json:"counted,omitempty"`
	Amount  string `json:"amount,omitempty"` // fixed: of one occurrence; deductions: the amount is a multiple of it
	From    string `json:"from,omitempty"`
	To      string `json:"to,omitempty"`
	Step    string `json:"step,omitempty"`
	Cap     string `json:"cap,omitempty"`
	Voids   string `json:"voids,omitempty"` // criterion, component, entry
}
