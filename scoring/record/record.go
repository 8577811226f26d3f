package record

// Kind is the kind of a command and of the record it becomes.
type Kind uint8

// The kinds. The numbers are in stored records: never reuse one.
const (
	NoKind       Kind = 0
	Mark         Kind = 1 // 打分: a value for a cell (entry, aspect, attempt, round) by a chair
	NotPerformed Kind = 2 // 未做: a mark of its own for a cell, not a missing one
	Withdraw     Kind = 3 // 撤回: the cell's mark (Supersedes) is taken back; the cell is missing again
	Finish       Kind = 4 // 评完: a chair has finished the sheet (entry, criterion id in Aspect)
	Late         Kind = 5 // 迟到: kept, never counted by itself; Of says what it would have been
	Count        Kind = 6 // 采纳: two persons count the late record whose mark id is Supersedes
	Absent       Kind = 7 // 裁判缺席: chair Chair gives no mark for a cell, the chief says; a missing mark, never a zero

	Adopt    Kind = 16 // a scheme version (Version, Value = its SHA-256 in hex) is in force
	Seat     Kind = 17 // chair Chair belongs to panel Aspect
	Admit    Kind = 18 // entry Entry competes; Value is its Flags
	SetState Kind = 19 // an entry's status (Value, see Status)
	Open     Kind = 20 // marking begins
	Freeze   Kind = 21 // 封榜: public views stop here
	Unfreeze Kind = 22
	Lock     Kind = 23 // 锁定: later marks are Late
	Reopen   Kind = 24 // a lock is taken back, with a reason
	Unseal   Kind = 25 // 启封: names may be joined to marks
	Publish  Kind = 26 // 公布
	SetRule  Kind = 27 // the release policy (Value, see Policy)
	Decide   Kind = 28 // a recorded human decision on a tie: Value is the place inside the tied group
	Belong   Kind = 29 // 归属: entry Entry belongs to what Value numbers ("" to none) of the sort Aspect, see Groups; of sort "team" it is a team's ordinal
	Recuse   Kind = 30 // 回避: the marks of chair Chair for entry Entry do not count, two persons say, for the reason that TextHash is of
	Clock    Kind = 31 // 计时: the session of entry Entry in criterion Aspect, see package session; Value is its word
	Sit      Kind = 32 // 换裁判: from here on chair Chair is its Value-th judge's, for the reason that TextHash is of
)

// Command is what somebody wants to become a record. Everything in it is
// data: permission was asked at the desk, names are not in it.
type Command struct {
	Kind       Kind
	Of         Kind // Late only
	MarkID     ID   // client-made random UUID, the idempotency key; acts have one too
	Actor      ID   // account or device
	Second     ID   // the second person of a two-person act; zero when none
	Chair      ChairID
	Device     ID
	DeviceSeq  uint32 // contiguous per device; 0 for acts
	ClientAt   int64  // the device's clock, unix milliseconds; only shown, but for Clock
	Entry      EntryID
	Aspect     string // aspect id; criterion id for Finish and Clock; panel id for Seat
	Attempt    uint8  // 1 and up; 0 is read as 1
	Round      uint8  // 1 and up; 0 is read as 1
	Value      string // canonical text of the value, see the aspect's kind
	Version    uint16 // scheme version that the device marked under
	Supersedes ID     // the mark that this one replaces; zero for a first mark
	TextHash   [32]byte
}

// Record is one line of a ledger. Seq and At are set by the clerk before the
// record is hashed and stored.
type Record struct {
	Command
	Seq uint64 // 1 and up, no holes
	At  int64  // server clock, unix nanoseconds
}
