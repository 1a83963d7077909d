# exit: 1
def größe(werte):
    return "日本語" + werte["schlüssel"] + 1


größe({"schlüssel": "é"})
