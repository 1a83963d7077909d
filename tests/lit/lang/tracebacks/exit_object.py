# exit: 1
raise SystemExit(["a", 1])
