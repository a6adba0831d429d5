/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Which tests ran, and whether each was green, from the reports that Surefire left.
///
/// A method that runs several times (parameters, dynamic tests) is green when all its runs are.
final class GreenTests {
  private static final Pattern REPORT = Pattern.compile(".*/surefire-reports/TEST-[^/]*\\.xml");
  private static final Pattern ARGUMENTS = Pattern.compile("[(\\[{].*");
  private static final Set<String> NOT_GREEN = Set.of("failure", "error", "skipped");

  private final Map<String, Map<String, Boolean>> byClass = new TreeMap<>();

  private GreenTests() {}

  static GreenTests under(Path root) throws IOException {
    var tests = new GreenTests();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(GreenTests::isReport).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          tests.read(XMLInputFactory.newInstance().createXMLStreamReader(in));
        } catch (XMLStreamException e) {
          throw new IOException("A test report cannot be read: " + file, e);
        }
      }
    }
    return tests;
  }

  private static boolean isReport(Path file) {
    return REPORT.matcher(file.toString().replace('\\', '/')).matches();
  }

  private void read(XMLStreamReader xml) throws XMLStreamException {
    String type = "";
    String method = "";
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      String element = xml.getLocalName();
      if (element.equals("testcase")) {
        type = xml.getAttributeValue(null, "classname");
        method = ARGUMENTS.matcher(xml.getAttributeValue(null, "name")).replaceFirst("");
        add(type, method, true);
      } else if (NOT_GREEN.contains(element)) {
        add(type, method, false);
      }
    }
  }

  private void add(String type, String method, boolean isGreen) {
    byClass
        .computeIfAbsent(type, _ -> new TreeMap<>())
        .merge(method, isGreen, (before, now) -> before && now);
  }

  /// The tests of each class: method name to whether it was green.
  Map<String, Map<String, Boolean>> byClass() {
    return byClass;
  }
}
