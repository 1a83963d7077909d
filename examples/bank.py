"""A bank: accounts of several kinds, transfers that fail as a whole, a ledger that must balance."""


class BankError(Exception):
    """Base of what can go wrong in a bank."""


class InsufficientFunds(BankError):
    def __init__(self, account, amount):
        super().__init__(f"{account.owner} has {money(account.available)}, needs {money(amount)}")
        self.account = account
        self.missing = amount - account.available


class AccountClosed(BankError):
    pass


class NoSuchAccount(BankError, KeyError):
    def __str__(self):
        return f"no account {self.args[0]!r}"


def money(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02}"


class Account:
    kind = "account"
    opened = 0

    def __init__(self, owner, balance=0):
        Account.opened += 1
        self.number = f"{self.kind[0].upper()}{Account.opened:03}"
        self.owner = owner
        self._balance = balance
        self.closed = False

    @property
    def balance(self):
        return self._balance

    @property
    def available(self):
        return self._balance

    def deposit(self, amount):
        self._check(amount)
        self._balance += amount

    def withdraw(self, amount):
        self._check(amount)
        if amount > self.available:
            raise InsufficientFunds(self, amount)
        self._balance -= amount

    def _check(self, amount):
        if self.closed:
            raise AccountClosed(f"{self.number} is closed")
        if amount <= 0:
            raise ValueError(f"not an amount: {amount}")

    def month_end(self):
        """Interest less fees, in cents; already booked."""
        return 0

    def __repr__(self):
        return f"<{type(self).__name__} {self.number} {self.owner}: {money(self.balance)}>"


class Savings(Account):
    kind = "savings"
    rate = 3  # thousandths a month

    def month_end(self):
        interest = self._balance * self.rate // 1000
        self._balance += interest
        return interest


class Checking(Account):
    kind = "checking"

    def __init__(self, owner, balance=0, *, overdraft=0, fee=150):
        super().__init__(owner, balance)
        self.overdraft = overdraft
        self.fee = fee

    @property
    def available(self):
        return super().available + self.overdraft

    def month_end(self):
        interest = min(self._balance, 0) // 100
        self._balance += interest - self.fee
        return interest - self.fee


class Transaction:
    """Inside `with`, either all bookings happen or none."""

    def __init__(self, *accounts):
        self.accounts = accounts

    def __enter__(self):
        self.before = [account._balance for account in self.accounts]
        return self

    def __exit__(self, kind, error, traceback):
        if kind is not None:
            for account, balance in zip(self.accounts, self.before):
                account._balance = balance
        return False


class Bank:
    def __init__(self):
        self._accounts = {}
        self.log = []
        self.paid_in = 0

    def open(self, account):
        self._accounts[account.number] = account
        self.paid_in += account.balance
        return account

    def __getitem__(self, number):
        try:
            return self._accounts[number]
        except KeyError:
            raise NoSuchAccount(number) from None

    def __iter__(self):
        return iter(sorted(self._accounts.values(), key=lambda account: account.number))

    def transfer(self, source, target, amount):
        source, target = self[source], self[target]
        try:
            with Transaction(source, target):
                source.withdraw(amount)
                target.deposit(amount)
        except BankError as error:
            self.log.append(f"refused {money(amount)}: {error}")
            raise
        else:
            self.log.append(f"moved {money(amount)} {source.number} -> {target.number}")
        finally:
            self.check()

    def month_end(self):
        self.paid_in += sum(account.month_end() for account in self)
        self.check()

    def check(self):
        total = sum(account.balance for account in self)
        assert total == self.paid_in, (total, self.paid_in)


def main():
    bank = Bank()
    ann = bank.open(Checking("Ann", 120_000, overdraft=50_000)).number
    bob = bank.open(Savings("Bob", 987_654_321)).number
    cyd = bank.open(Checking("Cyd", fee=0)).number

    for source, target, amount in [
        (ann, bob, 100_000),
        (ann, cyd, 70_000),
        (ann, cyd, 70_000),
        (bob, cyd, 1),
        (cyd, "X999", 500),
        (bob, ann, -5),
    ]:
        try:
            bank.transfer(source, target, amount)
        except InsufficientFunds as error:
            print(f"{error}: {money(error.missing)} missing")
        except (BankError, ValueError) as error:
            print(f"{type(error).__name__}: {error}")

    bank[cyd].closed = True
    try:
        bank.transfer(bob, cyd, 100)
    except AccountClosed as error:
        print("AccountClosed:", error)

    for month in range(1, 4):
        bank.month_end()
        print(f"month {month}:", *bank)
    print("\n".join(bank.log))
    print("in all:", money(bank.paid_in))


main()
