# exit: 1
raise SystemExit("a message for stderr")
