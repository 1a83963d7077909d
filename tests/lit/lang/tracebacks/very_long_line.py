# exit: 1
def f(argument_number_one, argument_number_two, argument_number_three):
    return (argument_number_one + argument_number_two + argument_number_three + argument_number_one.missing
            + argument_number_two)


f(1,
  2,
  f)
