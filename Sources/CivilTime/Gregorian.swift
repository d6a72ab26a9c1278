/// Days of the proleptic Gregorian calendar, counted from 1970-01-01.
enum Gregorian {
    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// The day of a date. Years are counted from 1 March, so that a leap day is the last of its year.
    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let shifted = Int64(month <= 2 ? year - 1 : year)
        let era = shifted.quotient(flooredBy: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The year of a day.
    static func year(ofDay day: Int64) -> Int {
        var year = Int((Double(day) / 365.2425).rounded(.down)) + 1970
        while days(year + 1, 1, 1) <= day { year += 1 }
        while days(year, 1, 1) > day { year -= 1 }
        return year
    }

    /// From Sunday 0 on; 1970-01-01 was a Thursday.
    static func weekday(_ day: Int64) -> Int { Int(day + 4 - (day + 4).quotient(flooredBy: 7) * 7) }
}

extension Int64 {
    /// Division that rounds down, for what lies before 1970 as well.
    func quotient(flooredBy divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor != 0 && (self < 0) != (divisor < 0) ? quotient - 1 : quotient
    }
}
