// Exceptions as text: the chain of causes and contexts, groups as trees.
#include "runtime/objects/exception_lines.h"
#include "runtime/objects/str.h"
#include "runtime/objects/traceback_text.h"

#include <deque>
#include <set>

namespace pyc::rt {

namespace {

constexpr char kCauseMessage[] =
    "\nThe above exception was the direct cause of the following exception:\n\n";
constexpr char kContextMessage[] =
    "\nDuring handling of the above exception, another exception occurred:\n\n";
constexpr size_t kMaxGroupWidth = 15;
constexpr int kMaxGroupDepth = 10;

/// What is printed of an exception: itself, what it came from, what it contains. Every exception is
/// printed once, so that chains which are loops end.
struct Node {
  Ref exception;
  Node* cause = nullptr;
  Node* context = nullptr;
  bool isGroup = false;
  std::vector<Node*> members;
};

class Graph {
public:
  Node* build(Value exception) {
    Node* root = add(exception);
    std::vector<Node*> waiting = {root};
    while (!waiting.empty()) {
      Node* node = waiting.back();
      waiting.pop_back();
      link(node, waiting);
    }
    return root;
  }

private:
  Node* add(Value exception) {
    seen_.insert(exception.bits());
    Node& node = nodes_.emplace_back();
    node.exception = Ref::copy(exception);
    return &node;
  }
  Node* addUnlessSeen(Value exception) {
    return exception && !seen_.contains(exception.bits()) ? add(exception) : nullptr;
  }

  void link(Node* node, std::vector<Node*>& waiting) {
    ExceptionObject* exception = asException(node->exception);
    node->cause = addUnlessSeen(exception->cause);
    if (!node->cause && !exception->suppressContext)
      node->context = addUnlessSeen(exception->context);
    if (isInstance(node->exception, &baseExceptionGroupType)) {
      node->isGroup = true;
      TupleObject* members = asTuple(node->exception.as<ExceptionGroupObject>()->exceptions);
      for (int64_t i = 0; i < members->count; i++)
        node->members.push_back(add(members->items()[i]));
    }
    if (node->cause)
      waiting.push_back(node->cause);
    if (node->context)
      waiting.push_back(node->context);
    waiting.insert(waiting.end(), node->members.begin(), node->members.end());
  }

  std::deque<Node> nodes_;
  std::set<uint64_t> seen_;
};

class Printer {
public:
  Printer(std::string& out, int64_t limit) : out_(out), limit_(limit) {}

  /// A chain, the oldest exception first.
  void print(Node* last) {
    std::vector<std::pair<const char*, Node*>> chain;
    for (Node* node = last; node; node = node->cause ? node->cause : node->context) {
      const char* message = node->cause ? kCauseMessage : node->context ? kContextMessage : nullptr;
      chain.emplace_back(message, node);
    }
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
      if (at->first)
        emit(at->first);
      printOne(at->second);
    }
  }

private:
  std::string indent() const { return std::string(2 * static_cast<size_t>(depth_), ' '); }

  /// Text, indented by the depth of groups with a margin at its left.
  void emit(std::string_view text, char margin = '|') {
    std::string prefix = indent();
    if (depth_ > 0)
      prefix += std::string(1, margin) + " ";
    while (!text.empty()) {
      size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
      out_ += prefix;
      out_ += text.substr(0, end);
      text.remove_prefix(end);
    }
  }

  void printEntries(Node* node, const char* title, char margin) {
    Value traceback = asException(node->exception)->traceback;
    if (!traceback)
      return;
    std::vector<std::string> entries;
    appendTracebackEntries(entries, asTraceback(traceback), limit_, sources_);
    if (entries.empty())
      return;
    emit(title, margin);
    for (const std::string& entry : entries)
      emit(entry);
  }

  void printLines(Node* node) {
    std::vector<std::string> lines;
    appendExceptionLines(lines, node->exception);
    for (const std::string& line : lines)
      emit(line);
  }

  void printOne(Node* node) {
    if (!node->isGroup) {
      printEntries(node, "Traceback (most recent call last):\n", '|');
      printLines(node);
    } else if (depth_ > kMaxGroupDepth) {
      emit("... (max_group_depth is " + std::to_string(kMaxGroupDepth) + ")\n");
    } else {
      printGroup(node);
    }
  }

  void printGroup(Node* node) {
    bool isOutermost = depth_ == 0;
    if (isOutermost)
      depth_ = 1;
    printEntries(node, "Exception Group Traceback (most recent call last):\n",
                 isOutermost ? '+' : '|');
    printLines(node);
    size_t count = node->members.size();
    size_t shown = std::min(count, kMaxGroupWidth + 1);
    needsClose_ = false;
    for (size_t i = 0; i < shown; i++)
      printMember(node, i, i + 1 == shown);
    if (isOutermost)
      depth_ = 0;
  }

  void printMember(Node* group, size_t index, bool isLast) {
    // The closing line is the innermost group's that ends here.
    if (isLast)
      needsClose_ = true;
    bool isCut = index >= kMaxGroupWidth;
    out_ += indent() + (index == 0 ? "+-" : "  ") + "+---------------- " +
            (isCut ? "..." : std::to_string(index + 1)) + " ----------------\n";
    depth_++;
    if (isCut) {
      size_t remaining = group->members.size() - kMaxGroupWidth;
      emit("and " + std::to_string(remaining) + " more exception" + (remaining > 1 ? "s" : "") +
           "\n");
    } else {
      print(group->members[index]);
    }
    if (isLast && needsClose_) {
      out_ += indent() + "+------------------------------------\n";
      needsClose_ = false;
    }
    depth_--;
  }

  std::string& out_;
  int64_t limit_;
  SourceLines sources_;
  int depth_ = 0;
  bool needsClose_ = false;
};

} // namespace

void formatExceptionTo(std::string& out, Value exception, int64_t limit) {
  Ref pending = takeRaised();
  Graph graph;
  Printer(out, limit).print(graph.build(exception));
  restoreRaised(std::move(pending));
}

Ref formatException(Value exception) {
  std::string text;
  formatExceptionTo(text, exception);
  return makeStr(text);
}

} // namespace pyc::rt
