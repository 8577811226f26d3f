// Package wording reads the words of marking sheets (评分标准): what a row of a table
// 配分 / 评分标准 / 扣分 / 得分 says becomes aspects of a scheme.
//
// It promises:
//   - a row is understood whole or not at all: words that have no reading make the
//     row unread, and it then is a number that the judge gives, with all its words
//     kept as the help;
//   - nothing is invented: a limit, a step, an amount of an aspect stands in the row;
//   - what it gives adds up to the row's marks.
//
// The grammar is small: a sentence is words followed by what they lead to (扣 2 分,
// 每处扣 1 分, 扣 1–3 分, 不得分, 得 5 分, 本项最多扣 6 分, 取消资格 …), several times. What
// they lead to decides the kind: sizes with limits and 超差不得分 are measured, 每超
// 0.01 扣 1 分 is an excess, conditions with marks are a table, 优 9–10 are grades,
// deductions are listed, marks that add up are split, findings that void are gates.
//
// Decisions:
//   - Regular expressions over one canonical spelling, not a parser of Chinese: the
//     sentences of sheets are short, and what does not fit must be told anyway.
//   - 每处扣 2 分 and 扣 2 分 are the same deduction: the judge counts occurrences.
//   - 酌情扣分 without numbers is a deduction of 0 to all of the row's marks.
//   - Grades are given by each chair, as sheets with 优良中差 are used; all else once.
//   - A standard without a word of marks (推行平稳，注意保暖) says what is looked at: a number
//     that the judge gives is then its whole meaning.
//   - A row without marks takes from the total (倒扣) or voids.
//
// It may import scoring.
package wording
