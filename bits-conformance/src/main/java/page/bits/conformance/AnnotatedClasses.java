/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.conformance;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The [Row] annotations of every compiled class of the tree, read from the class files: no test is
/// loaded or run for it.
final class AnnotatedClasses {
  private static final String ROW = Row.class.descriptorString();

  private final Map<String, Type> byName;

  private AnnotatedClasses(Map<String, Type> byName) {
    this.byName = byName;
  }

  /// One class: its superclass, and the rows of the class and of each of its methods.
  private record Type(String superclass, List<String> rows, Map<String, List<String>> methods) {}

  /// Every class below `target` folders; main classes too, since kits of tests lie there.
  static AnnotatedClasses under(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      var byName = new HashMap<String, Type>();
      for (Path file : files.filter(AnnotatedClasses::isOurs).toList()) {
        ClassModel model = ClassFile.of().parse(file);
        byName.put(name(model.thisClass()), type(model));
      }
      return new AnnotatedClasses(byName);
    }
  }

  private static boolean isOurs(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.endsWith(".class")
        && (path.contains("/target/test-classes/page/bits/")
            || path.contains("/target/classes/page/bits/"));
  }

  private static Type type(ClassModel model) {
    var methods = new HashMap<String, List<String>>();
    for (var method : model.methods()) {
      List<String> rows = rows(method);
      if (!rows.isEmpty()) {
        methods.put(method.methodName().stringValue(), rows);
      }
    }
    String superclass = model.superclass().map(AnnotatedClasses::name).orElse("");
    return new Type(superclass, rows(model), methods);
  }

  private static String name(ClassEntry entry) {
    return entry.asInternalName().replace('/', '.');
  }

  private static List<String> rows(AttributedElement element) {
    return element.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
        .flatMap(attribute -> attribute.annotations().stream())
        .filter(annotation -> annotation.className().stringValue().equals(ROW))
        .flatMap(AnnotatedClasses::values)
        .toList();
  }

  private static Stream<String> values(Annotation annotation) {
    return annotation.elements().stream()
        .map(element -> (AnnotationValue.OfArray) element.value())
        .flatMap(array -> array.values().stream())
        .map(value -> ((AnnotationValue.OfString) value).stringValue());
  }

  /// The rows that a class or one of those above it carries.
  List<String> rowsOf(String name) {
    return inherited(name).flatMap(type -> type.rows().stream()).toList();
  }

  /// The rows of a method, where the nearest class that annotates it says them.
  List<String> rowsOf(String name, String method) {
    return inherited(name)
        .flatMap(type -> Optional.ofNullable(type.methods().get(method)).stream())
        .findFirst()
        .orElse(List.of());
  }

  private Stream<Type> inherited(String name) {
    return Stream.iterate(
            Optional.ofNullable(byName.get(name)),
            Optional::isPresent,
            type -> type.map(Type::superclass).map(byName::get))
        .flatMap(Optional::stream);
  }
}
