import PhoneNumbers
import Testing

@Suite("A problem with a number")
struct NumberProblemTests {
    static let all: [NumberProblem] = [
        .empty, .notANumber, .unknownRegion("XX"), .unknownCountryCode, .tooShort, .noAreaCode, .tooLong, .impossible,
        .shortOrEmergency, .premiumRate, .outsidePlan, .severalNumbers, .rounded, .fax, .notToBeCalled,
    ]

    @Test("is a sentence that says what to do", arguments: all)
    func sentence(problem: NumberProblem) {
        #expect(problem.description.hasSuffix("."))
        #expect(problem.description.contains(": "))
        #expect(!problem.predicate(region: "US").hasSuffix("."))
    }

    @Test("can be told behind the text it is about")
    func predicate() {
        #expect(
            "“12345” " + NumberProblem.tooShort.predicate(region: "US") == "“12345” is too short for a number of US")
    }
}
