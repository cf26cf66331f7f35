module.exports = (input, options, { path, document, documentInventory }) => {
  if (typeof input !== 'string' || input.length <= options.max) return;
  const version = document.data.openapi ?? document.data.swagger;
  const isResolved = documentInventory.resolved.info.title === documentInventory.unresolved.info.title;
  return [{ message: `#{{print("property")}}is ${input.length} long (${version}, ${isResolved})`, path }];
};
