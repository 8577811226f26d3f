// Package marktable reads the tables of marks that people own in Word or Excel
// (评分表: 序号, 考核项目, 考核内容, 配分, 评分标准, 扣分, 得分) into a scheme.
//
// It promises:
//   - every cell that was not understood is named: table, row, column, its words,
//     and why; what was not understood is a number that the judge gives, with all
//     words kept, so that the scheme always compiles and adds up to the marks of the
//     table;
//   - sums that the table states (合计, 小计, 准备工作（20分）) are held against what
//     the rows add up to, and both are told;
//   - every row that became something is told with what it became, for a preview.
//
// Decisions: columns are found by their titles, in any order and with what people
// add to them; sections are merged cells, headings over the whole width, or rows
// numbered 一、二 with the marks of what follows. Rows whose marks are one merged cell
// are one aspect. What the words of a row mean is the package wording's. One
// panel marks everything: who sits where is for people to say afterwards. Tables
// without a column of marks (names, signatures) are passed over and told by name.
//
// It may import scoring, programme's wording, paper (excel, word) and fault.
package marktable
