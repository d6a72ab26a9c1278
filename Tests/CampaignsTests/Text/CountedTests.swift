import Campaigns
import Testing

@Suite("Counted things") struct CountedTests {
    @Test(
        "one is one, others are many, and thousands are told apart",
        arguments: [
            (0, "0 contacts"), (1, "1 contact"), (2, "2 contacts"), (999, "999 contacts"), (1000, "1,000 contacts"),
            (12_345, "12,345 contacts"), (1_234_567, "1,234,567 contacts"), (-1000, "−1,000 contacts"),
        ])
    func texts(number: Int, text: String) {
        #expect(Counted.text(number, "contact") == text)
    }
}
