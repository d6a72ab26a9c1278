import Foundation
import Testing

@testable import SystemResources

@Suite("What this computer is short of") struct ResourceShortageTests {
    @Test("descriptors and memory are told by the system's error numbers, and no other error is a shortage")
    func numbers() {
        #expect(ResourceShortage(errno: EMFILE) == .descriptors)
        #expect(ResourceShortage(errno: ENFILE) == .systemDescriptors)
        #expect(ResourceShortage(errno: ENOMEM) == .memory)
        #expect(ResourceShortage(errno: ENOBUFS) == .memory)
        for other in [ECONNREFUSED, ECONNRESET, ETIMEDOUT, EHOSTUNREACH, EACCES, ENOSPC, EIO, ENOENT, 0] {
            #expect(ResourceShortage(errno: other) == nil, "\(other)")
        }
    }

    @Test("each says what is short and what to do")
    func clauses() {
        for shortage in ResourceShortage.allCases {
            #expect(shortage.clause.contains(";"))
            #expect(!shortage.clause.hasSuffix("."))
        }
    }

    @Test("a program that has descriptors is told so")
    func look() {
        #expect(ResourceShortage.now(descriptors: 4) == nil)
        #expect(DescriptorUse.lowestFree() != nil)
    }
}

@Suite("The use of descriptors") struct DescriptorUseTests {
    @Test("what is free is the rest to the limit, and nothing where the limit was lowered below what is open")
    func free() {
        #expect(DescriptorUse(open: 40, limit: 256).free == 216)
        #expect(DescriptorUse(open: 300, limit: 256).free == 0)
    }

    @Test("they are scarce from a tenth of a small limit, and from 64 of a large one")
    func scarce() {
        #expect(!DescriptorUse(open: 200, limit: 256).isScarce)
        #expect(DescriptorUse(open: 240, limit: 256).isScarce)
        #expect(!DescriptorUse(open: 524_000, limit: 524_288).isScarce)
        #expect(DescriptorUse(open: 524_230, limit: 524_288).isScarce)
        #expect(DescriptorUse(open: 10, limit: 10).isScarce)
    }

    @Test("those of this process are counted")
    func own() throws {
        let use = DescriptorUse.now()
        #expect(use.open > 0)
        #expect(use.limit == DescriptorLimit.current)
    }
}
