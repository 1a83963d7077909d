// What the HTML page of `pyc explain` looks like. Colours follow the reader's light or dark
// setting.
#pragma once

namespace pyc {

inline constexpr char kExplainStyle[] = R"css(
:root { color-scheme: light dark; --back: #fff; --text: #1b1f24; --quiet: #656d76; --line: #d8dee4;
  --hot: 255, 107, 53; --general: #b42318; --check: #9a6700; --fast: #1a7f37; --card: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --back: #0d1117; --text: #e6edf3; --quiet: #8d96a0;
  --line: #30363d; --hot: 255, 107, 53; --general: #ff7b72; --check: #e3b341; --fast: #56d364;
  --card: #161b22; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1.5rem 1rem 4rem; background: var(--back);
  color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .3rem 0; color: var(--quiet); }
a { color: inherit; }
code, pre, .source, td { font-family: ui-monospace, SFMono-Regular, Menlo, monospace; font-size: 13px; }
table { border-collapse: collapse; width: 100%; }
td { padding: .1rem .5rem; white-space: pre; overflow: hidden; text-overflow: ellipsis; }
td.share { text-align: right; }
.source { border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; }
.row, summary { display: grid; grid-template-columns: 4.5rem 4rem 1.2rem 1fr; white-space: pre;
  background: rgba(var(--hot), var(--heat, 0)); }
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:hover, summary:focus-visible { outline: 1px solid var(--quiet); outline-offset: -1px; }
.row > *, summary > * { padding: 0 .4rem; }
.number, .share { color: var(--quiet); text-align: right; }
.mark { font-weight: bold; padding: 0; text-align: center; }
.general { color: var(--general); } .check { color: var(--check); } .fast { color: var(--fast); }
.note { color: var(--quiet); }
.notes { background: var(--card); border-block: 1px solid var(--line); padding: .5rem 1rem .6rem 9.7rem;
  font: 14px/1.5 system-ui, sans-serif; }
.notes ul { margin: .2rem 0; padding: 0; list-style: none; }
.notes li { padding-left: 1.2rem; text-indent: -1.2rem; }
.advice { display: block; padding-left: 1.2rem; text-indent: 0; color: var(--quiet); }
:target > summary { outline: 2px solid var(--check); outline-offset: -2px; }
@media (max-width: 40rem) { .notes { padding-left: 1rem; } }
)css";

} // namespace pyc
