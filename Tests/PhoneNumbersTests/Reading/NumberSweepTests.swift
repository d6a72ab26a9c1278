import Foundation
import TestSupport
import Testing

@testable import PhoneNumbers

/// Valid numbers of many regions in the ways that lists write them. `OFFHOOK_SWEEP` names a file for the figures.
@Suite("Numbers of sixty regions")
struct NumberSweepTests {
    static let regions = [
        "US", "CA", "PR", "MX", "BR", "AR", "CL", "CO", "PE", "VE", "EC", "UY", "GB", "IE", "DE", "AT", "CH", "LI",
        "FR",
        "BE", "NL", "LU", "ES", "PT", "IT", "SM", "GR", "PL", "CZ", "SK", "HU", "RO", "BG", "HR", "SI", "RS", "SE",
        "NO",
        "DK", "FI", "IS", "EE", "LV", "LT", "RU", "UA", "TR", "IL", "AE", "SA", "EG", "ZA", "NG", "KE", "IN", "ID",
        "JP",
        "KR", "CN", "AU", "NZ", "SG", "HK", "MY",
    ]
    private static let kinds = ["E.164 without plus", "national", "00", "011"]

    /// Forty numbers in use: twenty fixed lines and twenty mobiles, made of the library's examples by other digits.
    static func numbers(of region: String, _ random: inout SeededGenerator) -> [PhoneNumber] {
        var found: [PhoneNumber] = []
        for isMobile in [false, true] {
            guard let example = LibPhoneNumber.example(of: region, isMobile: isMobile) else { continue }
            let code = "\(LibPhoneNumber.callingCode(of: region) ?? 0)"
            var digits = Array("\(example.digits)")
            var tries = 0
            let goal = found.count + 20
            while found.count < goal, tries < 20_000 {
                tries += 1
                var changed = digits
                for _ in 0..<3 {
                    changed[Int.random(in: code.count..<digits.count, using: &random)] =
                        Character("\(Int.random(in: 0...9, using: &random))")
                }
                guard case .success(let parsed) = LibPhoneNumber.parse("+" + String(changed), region: region),
                    parsed.isValid, "\(parsed.number.digits)" == String(changed), parsed.region == region,
                    [.fixedLine, .mobile, .fixedLineOrMobile].contains(parsed.kind), !found.contains(parsed.number)
                else { continue }
                digits = changed
                found.append(parsed.number)
            }
        }
        return found
    }

    private struct Count {
        var right = 0
        var refused = 0
        var wrong: [String] = []
    }

    private func texts(_ number: PhoneNumber) -> [String] {
        [
            "\(number.digits)", LibPhoneNumber.nationalDigits(of: number) ?? "", "00\(number.digits)",
            "011\(number.digits)",
        ]
    }

    private func count(_ numbers: [PhoneNumber], _ kind: Int, in region: String, _ form: DigitsForm) -> Count {
        let reader = NumberReader()
        var count = Count()
        for number in numbers {
            let text = texts(number)[kind]
            switch reader.read(text, region: region, form: form) {
            case .success(let reading) where reading.number == number: count.right += 1
            case .success(let reading): count.wrong.append("\(text) in \(region) is read as \(reading.number)")
            case .failure: count.refused += 1
            }
        }
        return count
    }

    @Test("are never read as another's, and in a column of one kind nearly all are read")
    func sweep() throws {
        var random = SeededGenerator(seed: 2026)
        var rows: [String] = []
        var right = [0, 0, 0, 0]
        var all = 0
        for region in Self.regions {
            let numbers = Self.numbers(of: region, &random)
            #expect(numbers.count == 40, "\(region)")
            all += numbers.count
            var cells: [String] = []
            for kind in Self.kinds.indices {
                var tally = DigitsFormTally()
                for number in numbers { tally.count(texts(number)[kind], region: region) }
                let column = count(numbers, kind, in: region, tally.form)
                let alone = count(numbers, kind, in: region, .unknown)
                #expect(column.wrong.isEmpty && alone.wrong.isEmpty, "\((column.wrong + alone.wrong).prefix(3))")
                right[kind] += column.right
                cells += ["\(column.refused)", "\(alone.refused)"]
            }
            rows.append("| \(region) | \(numbers.count) | " + cells.joined(separator: " | ") + " |")
        }
        for kind in Self.kinds.indices {
            #expect(right[kind] * 100 >= all * 99, "\(Self.kinds[kind]): \(right[kind]) of \(all)")
        }
        if let path = ProcessInfo.processInfo.environment["OFFHOOK_SWEEP"] {
            let shares = Self.kinds.indices.map { "\(Self.kinds[$0]): \(right[$0]) of \(all)" }.joined(separator: "; ")
            let text = rows.joined(separator: "\n") + "\n\nRead right in a column: \(shares).\n"
            try Data(text.utf8).write(to: URL(filePath: path))
        }
    }

    @Test("of other regions behind 00 or 011 are never read as another's, whatever is dialed abroad in the region")
    func abroad() {
        var random = SeededGenerator(seed: 5)
        let numbers = Self.regions.map { Self.numbers(of: $0, &random).prefix(25).suffix(10) }
        let reader = NumberReader()
        var right = 0
        var all = 0
        for (index, region) in Self.regions.enumerated() {
            for step in 1...9 {
                for number in numbers[(index + step * 7) % numbers.count] {
                    for prefix in ["00", "011"] {
                        all += 1
                        guard case .success(let reading) = reader.read("\(prefix)\(number.digits)", region: region)
                        else {
                            continue
                        }
                        if reading.number == number { right += 1 }
                        #expect(reading.number == number, "\(prefix)\(number.digits) in \(region)")
                    }
                }
            }
        }
        #expect(right * 100 >= all * 97, "\(right) of \(all)")
    }

    @Test("without their zero are not taken for numbers with a country code")
    func zeroLost() {
        var random = SeededGenerator(seed: 11)
        for region in ["DE", "SE", "ID", "JP", "AT", "FR", "GB", "NL", "IN"] {
            let texts = Self.numbers(of: region, &random).compactMap { number in
                LibPhoneNumber.nationalDigits(of: number).map { (number, String($0.drop { $0 == "0" })) }
            }
            var tally = DigitsFormTally()
            for (_, text) in texts { tally.count(text, region: region) }
            for (number, text) in texts {
                guard case .success(let reading) = NumberReader().read(text, region: region, form: tally.form) else {
                    continue
                }
                #expect(reading.number == number, "\(text) in \(region), \(tally.form)")
            }
        }
    }
}
